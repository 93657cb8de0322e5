import type { LayerPreview } from '@shared/ipc/preview'
import { magnitudeScale, signedScale } from '@/ui/colour-scales'
import type { BytePicture, PixelSource } from '@/ui/pixels'

/** How far a preview's strip hangs below its card, in canvas units (see CardPreview.vue). */
export const stripHeight = 24

/** The value that the n-th byte of a preview stands for. */
function valueAt({ values, low, high }: LayerPreview, n: number): number {
  return low + ((values[n] ?? 0) / 255) * (high - low)
}

/** A layer's first channels side by side, with room between them; blue to orange where there are values below zero. */
export function mapsPicture(preview: LayerPreview): PixelSource {
  const { channels, columns, rows, low, high } = preview
  const width = channels * (columns + 1) - 1
  const data = new Float32Array(width * rows).fill(Number.NaN)
  for (let channel = 0; channel < channels; channel++)
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++)
        data[row * width + channel * (columns + 1) + column] = valueAt(
          preview,
          (channel * rows + row) * columns + column,
        )
  const largest = Math.max(Math.abs(low), Math.abs(high)) || 1
  if (low < 0) return { width, height: rows, data, scale: signedScale, range: [-largest, largest] }
  return { width, height: rows, data, scale: magnitudeScale, range: [low, high > low ? high : low + 1] }
}

/** The picture that came in, as it is: one grey channel or three of colour; undefined where it has others. */
export function inputPicture(preview: LayerPreview): BytePicture | undefined {
  const { form, shape, columns, rows } = preview
  const channels = shape.at(-1) ?? 0
  if (form !== 'maps' || (channels !== 1 && channels !== 3)) return undefined
  const data = new Uint8ClampedArray(columns * rows * channels)
  for (let channel = 0; channel < channels; channel++)
    for (let n = 0; n < columns * rows; n++)
      data[n * channels + channel] = 255 * valueAt(preview, channel * rows * columns + n)
  return { width: columns, height: rows, channels, data }
}

/** How high a drawing of columns is, in its own units; one column is one unit wide. */
export const columnHeight = 100

/** Each column from its lowest to its highest value, as an SVG path; bars with room between them, curves without. */
export function columnsPath({ form, columns, values }: LayerPreview, channel: number): string {
  const at = (n: number) => columnHeight * (1 - (values[2 * columns * channel + n] ?? 0) / 255)
  const places = Array.from({ length: columns }, (_, column) => column)
  if (form === 'bars') {
    const width = columns > 42 ? 1 : 0.8
    return places.map((x) => `M${x} ${round(at(2 * x))}H${round(x + width)}V${round(at(2 * x + 1))}H${x}Z`).join('')
  }
  const upper = places.map((x) => `${x + 0.5} ${round(at(2 * x + 1))}`)
  const lower = places.map((x) => `${x + 0.5} ${round(at(2 * x))}`).reverse()
  return `M${[...upper, ...lower].join('L')}Z`
}

function round(value: number): number {
  return Math.round(100 * value) / 100
}
