import { defineInput, wholeSample } from '../input'

/** Where sequences come in: length and channels of one sample. */
export default defineInput({
  kind: 'sequence-input',
  icon: 'audio-waveform',
  axes: ['length', 'channels'],
  initial: [128, 1],
  widest: 2 ** 20,
  examples: [
    { values: { shape: [8000, 1], ...wholeSample }, inputs: [], out: [8000, 1], weights: 0 },
    { values: { shape: [128, 9], ...wholeSample }, inputs: [], out: [128, 9], weights: 0 },
  ],
})
