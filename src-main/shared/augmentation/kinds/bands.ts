import { real } from '../../layers/params'
import { defineAugmentation } from '../define'
import { hideBox } from '../hide'
import { between } from '../random'

/**
 * A band of rows and one of columns become the mean: of a spectrogram, frequencies and a stretch of time, as in Park et
 * al., "SpecAugment", 2019.
 */
export default defineAugmentation({
  kind: 'bands',
  group: 'hiding',
  order: 1,
  icon: 'rows-3',
  samples: ['picture'],
  params: {
    rows: real({ initial: 0.15, min: 0, max: 0.9, step: 0.05 }),
    columns: real({ initial: 0.15, min: 0, max: 0.9, step: 0.05 }),
  },
  main: ['rows', 'columns'],
  probability: 0.5,
  change: (sample, { rows, columns }, random) => {
    for (const [axis, largest] of [rows, columns].entries()) {
      const box = sample.sizes.map((size, n) => {
        const length = n === axis ? Math.round(between(random, 0, largest) * size) : size
        return { from: n === axis ? Math.floor(between(random, 0, size - length + 1)) : 0, length }
      })
      hideBox(sample, box)
    }
  },
})
