import { tf } from '../tf'

/** A tensor of the native library by its id, outside tfjs's bookkeeping: no reference counts, no copies. */
export interface NativeTensor {
  readonly id: number
  readonly shape: readonly number[]
  readonly dtype: number
}

interface Binding {
  readonly TF_UINT8: number
  readonly TF_INT32: number
  readonly TF_FLOAT: number
  readonly TF_ATTR_TYPE: number
  executeOp(
    name: string,
    attributes: readonly { name: string; type: number; value: number }[],
    inputs: readonly number[],
    outputs: number,
  ): NativeTensor[]
  createTensor(shape: readonly number[], dtype: number, data: ArrayBufferView): number
  deleteTensor(id: number): void
  tensorDataSync(id: number): Float32Array | Int32Array | Uint8Array
  loadSavedModel(path: string, tags: string): number
  deleteSavedModel(id: number): void
  runSavedModel(id: number, inputs: readonly number[], names: string, outputs: string): NativeTensor[]
}

interface NativeBackend {
  readonly binding: Binding
}

function hasBinding(backend: object): backend is NativeBackend {
  return 'binding' in backend
}

function addon(): Binding {
  const backend = tf.backend()
  if (!hasBinding(backend)) throw new Error(`TensorFlow runs on “${tf.getBackend()}”, not on its native library`)
  return backend.binding
}

export type NativeType = 'uint8' | 'int32' | 'float32'

/** Loads a SavedModel's folder into a session; its number. */
export function loadSession(folder: string): number {
  return addon().loadSavedModel(folder, 'serve')
}

export function closeSession(session: number): void {
  addon().deleteSavedModel(session)
}

/** Runs part of a session's graph: inputs and outputs by `operation:index`. The caller releases the outputs. */
export function runSession(
  session: number,
  inputs: readonly NativeTensor[],
  inputNames: readonly string[],
  outputNames: readonly string[],
): NativeTensor[] {
  const ids = inputs.map(({ id }) => id)
  return addon().runSavedModel(session, ids, inputNames.join(','), outputNames.join(','))
}

/**
 * Copies values into a native tensor of TensorFlow's own memory; the caller releases it. The addon's tensors borrow the
 * array's memory and let go of it on whichever thread drops them last, which a session's threads may be, where Node must
 * not be called: so they are copied once more and released at once, on this thread.
 */
export function nativeTensor(type: NativeType, shape: readonly number[], values: ArrayBufferView): NativeTensor {
  const binding = addon()
  const { TF_UINT8, TF_INT32, TF_FLOAT, TF_ATTR_TYPE } = binding
  const dtype = { uint8: TF_UINT8, int32: TF_INT32, float32: TF_FLOAT }[type]
  const borrowed = binding.createTensor(shape, dtype, values)
  try {
    const [copy] = binding.executeOp('DeepCopy', [{ name: 'T', type: TF_ATTR_TYPE, value: dtype }], [borrowed], 1)
    if (!copy) throw new Error('DeepCopy gave no tensor')
    return copy
  } finally {
    binding.deleteTensor(borrowed)
  }
}

/** The values of a native tensor, as a copy of its own. */
export function readNative({ id }: NativeTensor): Float32Array | Int32Array | Uint8Array {
  return addon().tensorDataSync(id).slice()
}

export function releaseNative({ id }: NativeTensor): void {
  addon().deleteTensor(id)
}
