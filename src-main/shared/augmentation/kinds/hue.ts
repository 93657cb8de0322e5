import { real } from '../../layers/params'
import { defineAugmentation } from '../define'
import { between } from '../random'

/** All colours a way around the circle of hues (HSV: saturation and value stay), by a share of the whole circle. */
export default defineAugmentation({
  kind: 'hue',
  group: 'values',
  order: 3,
  icon: 'palette',
  samples: ['picture'],
  channels: 3,
  params: { turn: real({ initial: 0.05, min: 0, max: 0.5, step: 0.01 }) },
  main: ['turn'],
  caution: () => 'recoloured',
  probability: 1,
  change: ({ values }, { turn }, random) => {
    const by = between(random, -turn, turn) * 6
    for (let at = 0; at < values.length; at += 3) turnHue(values, at, by)
  },
})

/** Turns one colour's hue by so many sixths of the circle. */
function turnHue(values: Float32Array, at: number, by: number): void {
  const red = values[at] ?? 0
  const green = values[at + 1] ?? 0
  const blue = values[at + 2] ?? 0
  const high = Math.max(red, green, blue)
  const low = Math.min(red, green, blue)
  const spread = high - low
  if (spread === 0) return
  let hue = by
  if (high === red) hue += (green - blue) / spread
  else if (high === green) hue += 2 + (blue - red) / spread
  else hue += 4 + (red - green) / spread
  values[at] = high - spread * colourless(hue + 5)
  values[at + 1] = high - spread * colourless(hue + 3)
  values[at + 2] = high - spread * colourless(hue + 1)
}

/** How far a primary colour is from its full value at a hue, in sixths of the circle from where it last was full. */
function colourless(hue: number): number {
  const place = hue - 6 * Math.floor(hue / 6)
  return Math.max(0, Math.min(place, 4 - place, 1))
}
