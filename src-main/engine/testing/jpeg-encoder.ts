import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

/** How many values of colour there are to those of brightness. */
export const samplings = { '4:4:4': 0, '4:2:2': 1, '4:2:0': 2, '4:4:0': 4, '4:1:1': 5 } as const

export interface JpegKind {
  readonly width: number
  readonly height: number
  readonly channels: 1 | 3
  readonly quality: number
  readonly sampling: keyof typeof samplings
  readonly progressive?: boolean
}

interface Encoder {
  setQuality(quality: number): void
  setProgressive(progressive: boolean): void
  setSubSampling(sampling: number): void
  getDecodedBuffer(info: object): Uint8Array
  encode(): void
  getEncodedBuffer(): Uint8Array
  delete(): void
}

const resolver = createRequire(import.meta.url)
const name = '@cornerstonejs/codec-libjpeg-turbo-8bit'
type Create = (settings: { wasmBinary: Uint8Array }) => Promise<{ readonly JPEGEncoder: new () => Encoder }>
let library: ReturnType<Create> | undefined

/** A JPEG as libjpeg-turbo makes it of values in rows, channels last; it has to be smaller than they are. */
export async function encodeJpeg(values: Uint8Array, kind: JpegKind): Promise<Buffer> {
  const create: Create = resolver(`${name}/wasmjs`)
  library ??= create({ wasmBinary: readFileSync(resolver.resolve(`${name}/wasm`)) })
  const encoder = new (await library).JPEGEncoder()
  try {
    encoder.setQuality(kind.quality)
    encoder.setProgressive(kind.progressive ?? false)
    if (kind.channels === 3) encoder.setSubSampling(samplings[kind.sampling])
    const { width, height, channels: componentCount } = kind
    const buffer = encoder.getDecodedBuffer({ width, height, bitsPerSample: 8, componentCount, isSigned: false })
    buffer.set(values)
    encoder.encode()
    const bytes = Buffer.from(encoder.getEncodedBuffer())
    // The library writes on where its memory, which is as large as the values, ends.
    if (bytes.length >= values.length) throw new RangeError(`${bytes.length} bytes for ${values.length} values`)
    return bytes
  } finally {
    encoder.delete()
  }
}
