import code from './assembly/index.ts?wasm'

/** What assembly/index.ts exports; there is told what each does. Addresses and lengths are in bytes. */
interface Exports {
  readonly memory: WebAssembly.Memory
  release(this: void): void
  reserve(this: void, bytes: number): number
  layOnWhite(this: void, from: number, channels: number, pixels: number, to: number): void
  resize(
    this: void,
    from: number,
    stride: number,
    width: number,
    height: number,
    to: number,
    toStride: number,
    toWidth: number,
    toHeight: number,
    channels: number,
  ): void
  samplePicture(
    this: void,
    from: number,
    width: number,
    height: number,
    sample: number,
    rows: number,
    columns: number,
    channels: number,
    mode: number,
  ): void
  printPicture(
    this: void,
    values: number,
    height: number,
    width: number,
    channels: number,
    rows: number,
    columns: number,
    to: number,
  ): void
  beginDigest(this: void): void
  addToDigest(this: void, at: number, length: number): void
  endDigest(this: void, to: number): void
  decodeJpeg(this: void, at: number, length: number, mostPixels: number): number
  jpegWidth(this: void): number
  jpegHeight(this: void): number
  jpegComponents(this: void): number
  jpegHasExif(this: void): number
  jpegPixels(this: void): number
  turn(
    this: void,
    from: number,
    width: number,
    height: number,
    first: number,
    alongX: number,
    alongY: number,
    to: number,
  ): void
  packRow(this: void, from: number, to: number, width: number, channels: number): void
}

/** Each function's name, so that none can be missing. */
const functions: Readonly<Record<Exclude<keyof Exports, 'memory'>, true>> = {
  release: true,
  reserve: true,
  layOnWhite: true,
  resize: true,
  samplePicture: true,
  printPicture: true,
  beginDigest: true,
  addToDigest: true,
  endDigest: true,
  decodeJpeg: true,
  jpegWidth: true,
  jpegHeight: true,
  jpegComponents: true,
  jpegHasExif: true,
  jpegPixels: true,
  turn: true,
  packRow: true,
}

/** The module's functions with its memory as bytes. */
export interface Kernels extends Omit<Exports, 'memory' | 'release'> {
  /** A view of the memory, good until more of it is reserved. */
  bytes(this: void, at: number, length: number): Uint8Array<ArrayBuffer>
  /** A view of all the memory, which is made anew only where it has grown: to be asked for each time. */
  all(this: void): Uint8Array<ArrayBuffer>
  /** The address of a piece that holds a copy of `values`. */
  put(this: void, values: Uint8Array): number
}

/** An instance that has grown beyond this for a large picture is not kept: memory never shrinks. */
const mostKept = 64 * 2 ** 20

/** Compiled once: an instance that is made anew goes on with code that has been made fast by then. */
let compiled: WebAssembly.Module | undefined
let kept: { readonly kernels: Kernels; readonly exports: Exports } | undefined

/**
 * Does some work with this thread's instance of the WebAssembly module. What it reserves is free again afterwards, and
 * views of it are of no use any more. One piece of work does not begin another.
 */
export function withKernels<T>(work: (kernels: Kernels) => T): T {
  const kernels = beginWork()
  try {
    return work(kernels)
  } finally {
    endWork()
  }
}

/**
 * Begins what `withKernels` does, for work that is done thousands of times: a function made for each takes V8 twice as long
 * to compile. Whoever begins ends it with `endWork`, whatever happens.
 */
export function beginWork(): Kernels {
  kept ??= instantiate()
  return kept.kernels
}

export function endWork(): void {
  if (!kept) return
  kept.exports.release()
  if (kept.exports.memory.buffer.byteLength > mostKept) kept = undefined
}

function instantiate() {
  compiled ??= new WebAssembly.Module(Buffer.from(code, 'base64'))
  const { exports } = new WebAssembly.Instance(compiled)
  if (!hasAll(exports)) throw new Error('The WebAssembly module lacks a function')
  const reserve = (bytes: number) => {
    // An address has 32 bits, and so has a length: of more, only the last 32 would arrive.
    if (!(bytes < 2 ** 31)) throw new RangeError(`${bytes} bytes in one piece`)
    return exports.reserve(bytes) >>> 0
  }
  let whole = new Uint8Array(exports.memory.buffer)
  const all = () => {
    // The view of memory that has grown since is empty.
    if (whole.length === 0) whole = new Uint8Array(exports.memory.buffer)
    return whole
  }
  const bytes = (at: number, length: number) => new Uint8Array(all().buffer, at, length)
  const put = (values: Uint8Array) => {
    const at = reserve(values.length)
    all().set(values, at)
    return at
  }
  return { kernels: { ...exports, reserve, bytes, all, put }, exports }
}

function hasAll(exports: object): exports is Exports {
  return (
    Reflect.get(exports, 'memory') instanceof WebAssembly.Memory &&
    Object.keys(functions).every((name) => typeof Reflect.get(exports, name) === 'function')
  )
}
