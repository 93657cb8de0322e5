import { z } from 'zod'
import { SoundForm } from './sound-form'

/** Samples as a data set keeps them, not yet prepared: bytes for pictures, float32 for sounds and scans. */
export type SampleValues = Uint8Array | Float32Array

const Channels = z.array(z.number()).min(1)

/**
 * How a picture of other proportions than the sample's comes to its size: `fit` shows all of it and fills up the sides,
 * `fill` cuts the middle out, `stretch` scales both sides alone.
 */
export const ResizeMode = z.enum(['fit', 'fill', 'stretch'])
export type ResizeMode = z.output<typeof ResizeMode>

/**
 * How a sample becomes the network's input, shared by training, viewer, command line and every export: a picture is
 * resized to `shape` where it differs and its channels are brought to the shape's number; then comes the arithmetic of
 * `arithmeticOf`.
 */
export const Preprocessing = z.object({
  /** Channels last: of a sequence 2 sizes, of a picture 3, of a volume 4. */
  shape: z.array(z.int().min(1)).min(2).max(4),
  /** Absent: `fit`. */
  resize: ResizeMode.optional(),
  /** How a volume of another size is brought to the shape: each axis scaled, or cut and filled up around the middle; absent: scaled. */
  volumeFit: z.enum(['scale', 'center']).optional(),
  /** Values are divided by this. */
  divisor: z.number().positive(),
  /** One number for each channel of the divided values, from the training part alone; absent: none is applied. */
  normalization: z.object({ mean: Channels, deviation: z.array(z.number().positive()).min(1) }).optional(),
  /** Samples are float32, and viewers show this range of them; absent: samples are bytes, 0 to 255. */
  floats: z.object({ low: z.number(), high: z.number() }).optional(),
  /** Samples are sounds or pictures of sounds, made so; absent: they are no sounds, or an older version made them. */
  sound: SoundForm.optional(),
})
export type Preprocessing = z.output<typeof Preprocessing>

/** A step of the arithmetic, by one number or by one for each channel. */
export interface ArithmeticStep {
  readonly operation: 'divide' | 'subtract'
  readonly by: readonly number[]
}

/**
 * What is done to each value, in this order: `(value / divisor - mean) / deviation`. Whoever prepares samples, or tells
 * others how, goes through these steps, in float32.
 */
export function arithmeticOf({
  divisor,
  normalization,
}: Pick<Preprocessing, 'divisor' | 'normalization'>): readonly ArithmeticStep[] {
  return [
    ...(divisor === 1 ? [] : [{ operation: 'divide' as const, by: [divisor] }]),
    ...(normalization
      ? [
          { operation: 'subtract' as const, by: normalization.mean },
          { operation: 'divide' as const, by: normalization.deviation },
        ]
      : []),
  ]
}

/** The range of values that viewers show, from dark to bright. */
export function shownRange({ floats }: Preprocessing): { low: number; high: number } {
  return floats ?? { low: 0, high: 255 }
}

/** Samples as bytes for a viewer: themselves, or floats with their range spread over 0 to 255. */
export function toShownBytes(values: SampleValues, preprocessing: Preprocessing): Uint8Array<ArrayBuffer> {
  if (values instanceof Uint8Array) return Uint8Array.from(values)
  const { low, high } = shownRange(preprocessing)
  const scale = high > low ? 255 / (high - low) : 0
  const bytes = new Uint8ClampedArray(values.length)
  for (let at = 0; at < values.length; at++) bytes[at] = ((values[at] ?? 0) - low) * scale
  return new Uint8Array(bytes.buffer)
}

/** The way back: what a viewer's bytes stand for among a data set's samples. */
export function fromShownBytes(bytes: Uint8Array, preprocessing: Preprocessing): SampleValues {
  if (!preprocessing.floats) return bytes
  const { low, high } = preprocessing.floats
  return Float32Array.from(bytes, (byte) => low + (byte / 255) * (high - low))
}
