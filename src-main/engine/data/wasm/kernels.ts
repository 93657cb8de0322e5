import code from './assembly/index.ts?wasm'

/** What assembly/index.ts exports. Addresses and lengths are in bytes; what fails traps, which is thrown as an error. */
interface Exports {
  readonly memory: WebAssembly.Memory
  reserve(this: void, bytes: number): number
  release(this: void): void
  decodeJpeg(this: void, at: number, length: number, mostPixels: number): number
  jpegWidth(this: void): number
  jpegHeight(this: void): number
  jpegComponents(this: void): number
  jpegHasMore(this: void): number
  jpegPixels(this: void): number
  rgbFromRgba(this: void, rgba: number, count: number, to: number): void
  greyFromRgba(this: void, rgba: number, count: number, to: number): void
}

const functions: Readonly<Record<Exclude<keyof Exports, 'memory'>, true>> = {
  reserve: true,
  release: true,
  decodeJpeg: true,
  jpegWidth: true,
  jpegHeight: true,
  jpegComponents: true,
  jpegHasMore: true,
  jpegPixels: true,
  rgbFromRgba: true,
  greyFromRgba: true,
}

/** The module's functions with its memory as bytes. */
export interface Kernels extends Omit<Exports, 'memory' | 'release'> {
  /** A view of the memory, good until more of it is reserved. */
  bytes(this: void, at: number, length: number): Uint8Array<ArrayBuffer>
}

/** An instance that has grown beyond this for a large picture is not kept: memory never shrinks. */
const mostKept = 64 * 2 ** 20

let kept: { readonly kernels: Kernels; readonly exports: Exports } | undefined

/**
 * Does some work with this thread's instance of the WebAssembly module. What it reserves is free again afterwards, and
 * views of it are of no use any more. One piece of work does not begin another.
 */
export function withKernels<T>(work: (kernels: Kernels) => T): T {
  const { kernels, exports } = (kept ??= instantiate())
  try {
    return work(kernels)
  } finally {
    exports.release()
    if (exports.memory.buffer.byteLength > mostKept) kept = undefined
  }
}

function instantiate() {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(Buffer.from(code, 'base64')))
  if (!hasAll(exports)) throw new Error('The WebAssembly module lacks a function')
  const bytes = (at: number, length: number) => new Uint8Array(exports.memory.buffer, at, length)
  return { kernels: { ...exports, bytes }, exports }
}

function hasAll(exports: object): exports is Exports {
  return (
    Reflect.get(exports, 'memory') instanceof WebAssembly.Memory &&
    Object.keys(functions).every((name) => typeof Reflect.get(exports, name) === 'function')
  )
}
