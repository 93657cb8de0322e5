import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { Refusal } from '../contract'
import type { Pixels } from './pixels'

/** What the WebAssembly build of libjpeg-turbo offers; it comes without types. */
interface Decoder {
  getEncodedBuffer(length: number): Uint8Array
  decode(): void
  getDecodedBuffer(): Uint8Array
  getFrameInfo(): { readonly width: number; readonly height: number; readonly componentCount: number }
  delete(): void
}

interface Library {
  readonly JPEGDecoder: new () => Decoder
}

type Create = (settings: { wasmBinary: Uint8Array }) => Promise<Library>

const name = '@cornerstonejs/codec-libjpeg-turbo-8bit'
let library: Promise<Library> | undefined

async function load(): Promise<Library> {
  const resolver = createRequire(import.meta.url)
  const create: Create = resolver(`${name}/decodewasmjs`)
  return create({ wasmBinary: await readFile(resolver.resolve(`${name}/decodewasm`)) })
}

/** Decodes a grey or colour JPEG with libjpeg-turbo, and says whether the data was whole. Slower than the native one. */
export async function decodeWithTurbo(bytes: Uint8Array): Promise<{ pixels: Pixels; whole: boolean }> {
  library ??= load()
  const { JPEGDecoder } = await library
  const decoder = new JPEGDecoder()
  try {
    decoder.getEncodedBuffer(bytes.length).set(bytes)
    const whole = decodes(decoder)
    const { width, height, componentCount: channels } = decoder.getFrameInfo()
    // The decoder's memory is used anew, so the values are copied out of it.
    const values = new Uint8Array(decoder.getDecodedBuffer())
    if (values.length === 0 || values.length !== width * height * channels) {
      throw new Refusal('damaged', { detail: 'JPEG' })
    }
    return { pixels: { width, height, channels, dtype: 'uint8', values }, whole }
  } finally {
    decoder.delete()
  }
}

/** Whether all went well. The library throws after it has read what could be read, too. */
function decodes(decoder: Decoder): boolean {
  try {
    decoder.decode()
    return true
  } catch {
    return false
  }
}
