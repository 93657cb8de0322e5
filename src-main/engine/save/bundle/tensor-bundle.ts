import { open, writeFile } from 'node:fs/promises'
import { maskedCrc32c } from './crc32c'
import { bytesField, fixed32Field, intField } from './protobuf'
import { sortedTable, type TableEntry } from './sorted-table'

export interface BundledTensor {
  readonly name: string
  readonly shape: readonly number[]
  readonly values: Float32Array
}

/** TensorFlow's number for float32. */
const float32 = 1
/** One file of values, little-endian, which is what 0 says; version 1 of the format. */
const header = [...intField(1, 1), ...bytesField(3, intField(1, 1))]

/**
 * Writes float32 tensors as TensorFlow's checkpoints keep them (tensor_bundle.proto): `<prefix>.data-00000-of-00001` with
 * the values one behind another, and `<prefix>.index`, which says where each lies. Names must differ.
 */
export async function writeTensorBundle(prefix: string, tensors: readonly BundledTensor[]): Promise<void> {
  const entries: TableEntry[] = [{ key: '', value: header }]
  let offset = 0
  const data = await open(`${prefix}.data-00000-of-00001`, 'w')
  try {
    for (const { name, shape, values } of tensors) {
      const bytes = littleEndian(values)
      entries.push({ key: name, value: bundleEntry(shape, offset, bytes) })
      await data.writeFile(bytes)
      offset += bytes.length
    }
  } finally {
    await data.close()
  }
  await writeFile(`${prefix}.index`, sortedTable(entries))
}

function bundleEntry(shape: readonly number[], offset: number, bytes: Uint8Array): number[] {
  const sizes = shape.flatMap((size) => bytesField(2, intField(1, size)))
  return [
    ...intField(1, float32),
    ...bytesField(2, sizes),
    ...intField(4, offset),
    ...intField(5, bytes.length),
    ...fixed32Field(6, maskedCrc32c(bytes)),
  ]
}

/** Every processor that Electron runs on is little-endian: the bytes are the memory's own. */
function littleEndian({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength)
}
