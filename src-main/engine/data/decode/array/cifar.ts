import { Refusal, type DecodedArrays, type Reader } from '../contract'
import { readAll } from '../source-file'
import { plainArray } from './array-values'

const side = 32
const pixels = side * side
const channels = 3

/** The binary batches of CIFAR-10 and CIFAR-100 (cs.toronto.edu/~kriz/cifar.html), by how many labels a record has. */
const layouts = [
  { format: 'CIFAR-10', labels: [{ name: 'labels', classes: 10 }] },
  {
    format: 'CIFAR-100',
    labels: [
      { name: 'coarse_labels', classes: 20 },
      { name: 'labels', classes: 100 },
    ],
  },
]

/**
 * Records of labels and 3072 bytes, planes of red, green and blue. Nothing in the file says so: it is known by its ending
 * `.bin`, a length of whole records, and labels that are in range.
 */
export const cifarBinary: Reader = {
  name: 'cifar-binary',
  recognizes: (_, name) => /\.bin$/i.test(name),
  read: async (file, { limits }) => {
    const fitting = layouts.filter(({ labels }) => file.size % (labels.length + pixels * channels) === 0)
    if (fitting.length === 0) throw new Refusal('cifar-length', { size: file.size })
    const bytes = await readAll(file, limits.bytes)
    const layout = fitting.find(({ labels }) => labelsFit(bytes, labels))
    if (!layout) throw new Refusal('cifar-labels')
    return readRecords(bytes, layout)
  },
}

type Labels = (typeof layouts)[number]['labels']

function labelsFit(bytes: Uint8Array, labels: Labels): boolean {
  const record = labels.length + pixels * channels
  for (let at = 0; at < bytes.length; at += record) {
    if (labels.some(({ classes }, n) => (bytes[at + n] ?? 0) >= classes)) return false
  }
  return true
}

function readRecords(bytes: Uint8Array, { format, labels }: (typeof layouts)[number]): DecodedArrays {
  const record = labels.length + pixels * channels
  const count = bytes.length / record
  const images = new Uint8Array(count * pixels * channels)
  for (let n = 0; n < count; n++) {
    const planes = bytes.subarray(n * record + labels.length, (n + 1) * record)
    images.set(fromPlanes(planes), n * pixels * channels)
  }
  const label = (position: number) => Uint8Array.from({ length: count }, (_, n) => bytes[n * record + position] ?? 0)
  const arrays = new Map([
    ['images', plainArray(format, images, [count, side, side, channels])],
    ...labels.map(({ name }, position) => [name, plainArray(format, label(position), [count])] as const),
  ])
  return { kind: 'arrays', format, arrays, texts: new Map(), notes: [] }
}

/** Pictures of CIFAR whose planes lie one after another, with channels last. */
export function fromPlanes(planes: Uint8Array): Uint8Array {
  const picture = new Uint8Array(planes.length)
  const whole = pixels * channels
  for (let start = 0; start < planes.length; start += whole) {
    for (let channel = 0; channel < channels; channel++) {
      const from = start + channel * pixels
      for (let pixel = 0; pixel < pixels; pixel++) {
        picture[start + pixel * channels + channel] = planes[from + pixel] ?? 0
      }
    }
  }
  return picture
}
