import { fillAround } from './fill'
import { resize } from './resize'

/** How a picture is brought to a sample's proportions; any other number: it is stretched. See picture-sample.ts. */
const fit: i32 = 0
const fill: i32 = 1

/** Makes of an opaque picture of RGBA a sample of `rows` × `columns` × `channels` bytes. */
export function samplePicture(
  from: usize,
  width: i32,
  height: i32,
  sample: usize,
  rows: i32,
  columns: i32,
  channels: i32,
  mode: i32,
): void {
  const stride = <usize>width * 4
  if (mode === fill) {
    // The largest part in the middle that has the sample's proportions.
    const cutWidth = within((<f64>height * <f64>columns) / <f64>rows, width)
    const cutHeight = within((<f64>width * <f64>rows) / <f64>columns, height)
    from += <usize>((height - cutHeight) >> 1) * stride + <usize>((width - cutWidth) >> 1) * 4
    width = cutWidth
    height = cutHeight
  }
  let toWidth = columns
  let toHeight = rows
  if (mode === fit) {
    const scale = min(<f64>columns / <f64>width, <f64>rows / <f64>height)
    toWidth = within(<f64>width * scale + 0.5, columns)
    toHeight = within(<f64>height * scale + 0.5, rows)
  }
  const left = (columns - toWidth) >> 1
  const top = (rows - toHeight) >> 1
  const row = <usize>columns * channels
  const to = sample + <usize>top * row + <usize>left * channels
  resize(from, stride, width, height, to, row, toWidth, toHeight, channels)
  if (toWidth < columns || toHeight < rows) fillAround(sample, rows, columns, channels, left, top, toWidth, toHeight)
}

/** The whole part of a length, between 1 and the most there is. */
function within(length: f64, most: i32): i32 {
  return <i32>max(1, min(<f64>most, floor(length)))
}
