import { isMainThread } from 'node:worker_threads'
import { JsColorType, Transformer } from '@napi-rs/image'
import { messageOf } from '@shared/message-of'
import { Refusal, type ValueType } from '../contract'
import { valuesFrom } from '../value-types'
import type { Pixels } from './pixels'

const layouts: Readonly<Record<JsColorType, readonly [channels: number, dtype: ValueType]>> = {
  [JsColorType.L8]: [1, 'uint8'],
  [JsColorType.La8]: [2, 'uint8'],
  [JsColorType.Rgb8]: [3, 'uint8'],
  [JsColorType.Rgba8]: [4, 'uint8'],
  [JsColorType.L16]: [1, 'uint16'],
  [JsColorType.La16]: [2, 'uint16'],
  [JsColorType.Rgb16]: [3, 'uint16'],
  [JsColorType.Rgba16]: [4, 'uint16'],
  [JsColorType.Rgb32F]: [3, 'float32'],
  [JsColorType.Rgba32F]: [4, 'float32'],
}

/**
 * Decodes a picture by the native decoder, as it lies in the file: not turned, no gamma, no profile. It never keeps the
 * main thread: there another one decodes. A thread that decodes files does it itself, which takes less time.
 */
export async function decodeNatively(bytes: Uint8Array): Promise<Pixels> {
  return decodeWith(() => new Transformer(bytes))
}

/** As `decodeNatively`, for a decoder that is made otherwise. */
export async function decodeWith(create: () => Transformer): Promise<Pixels> {
  try {
    const transformer = create()
    const raw = isMainThread ? await transformer.rawPixels() : transformer.rawPixelsSync()
    const { width, height, colorType } = isMainThread ? await transformer.metadata() : transformer.metadataSync()
    const [channels, dtype] = layouts[colorType]
    const values = valuesFrom(raw, dtype)
    if (values.length !== width * height * channels) throw new Refusal('damaged', { detail: `${width} × ${height}` })
    return { width, height, channels, dtype, values }
  } catch (thrown) {
    throw thrown instanceof Refusal ? thrown : refusalOf(thrown)
  }
}

function refusalOf(thrown: unknown): Refusal {
  const text = messageOf(thrown)
  if (/unexpected (end|eof)|fill whole buffer|end of file/i.test(text)) return new Refusal('truncated')
  const detail = text
    .replace(/^(Decode image failed|Guess format from input image failed)\s*/i, '')
    .replace(/^Format error decoding \w+: /, '')
    .replace(/ while decoding ChunkType \{ type: (\w+).*$/, ' ($1)')
    .trim()
  if (/not support|unsupported/i.test(detail)) return new Refusal('variant-not-read', { detail })
  return new Refusal('damaged', { detail })
}
