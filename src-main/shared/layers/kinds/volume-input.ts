import { defineInput, wholeSample } from '../input'

/** Where volumes come in: depth, height, width and channels of one sample. */
export default defineInput({
  kind: 'volume-input',
  icon: 'box',
  axes: ['depth', 'height', 'width', 'channels'],
  initial: [16, 28, 28, 1],
  widest: 4096,
  examples: [
    { values: { shape: [28, 28, 28, 1], ...wholeSample }, inputs: [], out: [28, 28, 28, 1], weights: 0 },
    { values: { shape: [16, 112, 112, 3], ...wholeSample }, inputs: [], out: [16, 112, 112, 3], weights: 0 },
  ],
})
