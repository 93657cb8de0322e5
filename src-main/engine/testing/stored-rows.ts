import { readFile } from 'node:fs/promises'
import { openStored } from '../data/store/open-stored'

/** The values of all samples of a stored data set, in its order. */
export async function readRows(directory: string): Promise<(Uint8Array | Float32Array)[]> {
  const { samples, manifest } = await openStored(directory)
  // A copy, so that the values lie at an address that floats may have.
  const bytes = Uint8Array.from((await readFile(samples.path)).subarray(samples.offset))
  return Array.from({ length: samples.count }, (_, n) => {
    const row = bytes.slice(n * samples.rowBytes, (n + 1) * samples.rowBytes)
    return manifest.preprocessing.floats ? new Float32Array(row.buffer) : row
  })
}
