import type { ImportSettings } from '@shared/data/import'
import { shapeText } from '@shared/layers/shape'
import type { Decoded, DecodedValues } from '../decode/contract'

export type SampleKind = 'pictures' | 'sounds' | 'volumes'

/** What every sample of a data set will be. */
export interface SampleForm {
  readonly kind: SampleKind
  /** Channels last. */
  readonly shape: readonly number[]
  readonly type: 'uint8' | 'float32'
  readonly divisor: number
  readonly normalize: boolean
  /** Of sounds: frames a second. */
  readonly rate: number | null
}

/** Larger pictures are made smaller unless a size is asked for: what a network of today is usually fed with. */
const usualSide = 224
const usualSeconds = 1

/** A decoded file as one sample, if it can be one; an array of NumPy's is taken for a picture or a volume by its shape. */
export function asSample(decoded: Decoded): DecodedValues | undefined {
  if (decoded.kind === 'arrays' || decoded.kind === 'table') return undefined
  if (decoded.kind !== 'array') return decoded
  const { shape } = decoded
  if (shape.length === 2) return { ...decoded, kind: 'picture', shape: [...shape, 1] }
  const channels = shape.at(-1) ?? 0
  if (shape.length === 3 && channels <= 4) return { ...decoded, kind: 'picture' }
  if (shape.length === 3 || shape.length === 4) return { ...decoded, kind: 'volume' }
  return shape.length === 1 ? { ...decoded, kind: 'sound', shape: [...shape, 1] } : undefined
}

export function kindOf({ kind }: DecodedValues): SampleKind {
  return kind === 'sound' ? 'sounds' : kind === 'volume' ? 'volumes' : 'pictures'
}

/** The form of a data set by some of its files, decoded; `given` are the settings that decide against them. */
export function formOf(samples: readonly DecodedValues[], given: ImportSettings): SampleForm | undefined {
  const kind = given.as ?? mostFrequent(samples.map(kindOf))
  const own = samples.filter((sample) => kindOf(sample) === kind)
  if (own.length === 0) return undefined
  if (kind === 'pictures') return pictureForm(own, given)
  if (kind === 'sounds') return soundForm(own, given)
  return kind === 'volumes' ? volumeForm(own) : undefined
}

function pictureForm(samples: readonly DecodedValues[], { size, channels }: ImportSettings): SampleForm {
  const [height, width] = size ?? usualSize(samples)
  const coloured = samples.some(({ shape }) => (shape[2] ?? 1) >= 3)
  const shape = [height, width, channels ?? (coloured ? 3 : 1)]
  return { kind: 'pictures', shape, type: 'uint8', divisor: 255, normalize: false, rate: null }
}

/** The size that most pictures have, if half of them do; else a square of their usual shorter side. Never above 224. */
function usualSize(samples: readonly DecodedValues[]): readonly [number, number] {
  const sizes = samples.map(({ shape: [height = 1, width = 1] }) => [height, width] as const)
  const common = mostFrequent(sizes.map(shapeText)) ?? ''
  const [found, ...others] = sizes.filter((size) => shapeText(size) === common)
  if (found && others.length + 1 >= sizes.length / 2) {
    const scale = Math.min(1, usualSide / Math.max(...found))
    return [Math.max(1, Math.round(found[0] * scale)), Math.max(1, Math.round(found[1] * scale))]
  }
  const sides = sizes.map((size) => Math.min(...size)).sort((one, other) => one - other)
  const side = Math.min(usualSide, sides[Math.floor(sides.length / 2)] ?? usualSide)
  return [side, side]
}

function soundForm(samples: readonly DecodedValues[], given: ImportSettings): SampleForm {
  const rate = given.rate ?? Number(mostFrequent(samples.map((sample) => String(sample.rate ?? 1))))
  const lengths = samples.map(({ shape: [frames = 0], rate: own = rate }) => Math.round((frames / own) * rate))
  const common = Number(mostFrequent(lengths.map(String)))
  const shared = lengths.filter((length) => length === common).length >= lengths.length / 2
  const length = given.seconds ? Math.round(given.seconds * rate) : shared ? common : Math.round(usualSeconds * rate)
  return { kind: 'sounds', shape: [Math.max(1, length), 1], type: 'float32', divisor: 1, normalize: false, rate }
}

function volumeForm(samples: readonly DecodedValues[]): SampleForm | undefined {
  const shapes = samples.map(({ shape }) => volumeShape(shape))
  const common = mostFrequent(shapes.map(shapeText))
  const shape = shapes.find((one) => shapeText(one) === common)
  const bytes = samples.every(({ dtype }) => dtype === 'uint8')
  const type = bytes ? 'uint8' : 'float32'
  return shape && { kind: 'volumes', shape, type, divisor: bytes ? 255 : 1, normalize: !bytes, rate: null }
}

/** `[depth, height, width, channels]`. */
export function volumeShape(shape: readonly number[]): readonly number[] {
  return shape.length === 3 ? [...shape, 1] : shape
}

function mostFrequent<T extends string>(values: readonly T[]): T | undefined {
  const counts = new Map<T, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].reduce<readonly [T, number] | undefined>(
    (best, one) => (best && best[1] >= one[1] ? best : one),
    undefined,
  )?.[0]
}
