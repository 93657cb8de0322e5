import { defineLayer, noWeights } from '../define'
import { size } from '../params'
import { gives } from '../shape'

/** Where pictures come in: height, width and channels of one sample. */
export default defineLayer({
  kind: 'input',
  category: 'input',
  icon: 'image',
  params: { shape: size({ initial: [28, 28, 1], min: 1, max: 4096, axes: ['height', 'width', 'channels'] }) },
  inputs: { min: 0, max: 0, ranks: [] },
  outShape: ({ shape }) => gives(...shape),
  weights: () => noWeights,
  macs: () => 0,
  summary: () => '',
  fit: (_values, wanted) => (wanted.length === 3 ? { shape: [...wanted] } : undefined),
  tfjs: () => undefined,
  examples: [
    { values: { shape: [28, 28, 1] }, inputs: [], out: [28, 28, 1], weights: 0 },
    { values: { shape: [227, 227, 3] }, inputs: [], out: [227, 227, 3], weights: 0 },
  ],
})
