import { real } from '../../layers/params'
import { defineAugmentation } from '../define'
import { factor } from '../random'

/** Colours nearer to grey of the same luma (ITU-R BT.601) or further from it. */
export default defineAugmentation({
  kind: 'saturation',
  group: 'values',
  order: 2,
  icon: 'droplets',
  samples: ['picture'],
  channels: 3,
  params: { strength: real({ initial: 0.3, min: 0, max: 1, step: 0.05 }) },
  main: ['strength'],
  probability: 1,
  change: ({ values }, { strength }, random) => {
    const by = factor(random, strength)
    for (let at = 0; at < values.length; at += 3) {
      const [red, green, blue] = [values[at] ?? 0, values[at + 1] ?? 0, values[at + 2] ?? 0]
      const grey = (1 - by) * (0.299 * red + 0.587 * green + 0.114 * blue)
      values[at] = red * by + grey
      values[at + 1] = green * by + grey
      values[at + 2] = blue * by + grey
    }
  },
})
