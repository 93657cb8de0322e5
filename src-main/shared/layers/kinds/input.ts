import { defineInput, wholeSample } from '../input'

/** Where pictures come in: height, width and channels of one sample. */
export default defineInput({
  kind: 'input',
  icon: 'image',
  axes: ['height', 'width', 'channels'],
  initial: [28, 28, 1],
  widest: 4096,
  examples: [
    { values: { shape: [28, 28, 1], ...wholeSample }, inputs: [], out: [28, 28, 1], weights: 0 },
    { values: { shape: [28, 28, 2], part: 'some', first: 2 }, inputs: [], out: [28, 28, 2], weights: 0 },
    { values: { shape: [227, 227, 3], ...wholeSample }, inputs: [], out: [227, 227, 3], weights: 0 },
  ],
})
