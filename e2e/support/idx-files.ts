import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export interface IdxOptions {
  readonly count: number
  /** Height and width of a picture. */
  readonly side?: number
  readonly classes?: number
  /** The first four bytes of the pictures' file. */
  readonly magic?: number
  /** How many labels, where they are not as many as the pictures. */
  readonly labels?: number
  /** How many bytes the pictures' file lacks at its end. */
  readonly cut?: number
}

/**
 * Writes an IDX pair (LeCun's format for MNIST) of pictures that a network can tell apart at once: class k has its
 * k-th column bright. Gives the two paths.
 */
export function writeIdxPair(folder: string, name: string, options: IdxOptions): string[] {
  const { count, side = 12, classes = 4, magic = 0x00000803, labels = count, cut = 0 } = options
  mkdirSync(folder, { recursive: true })
  const pictures = Buffer.alloc(16 + count * side * side)
  pictures.writeUInt32BE(magic, 0)
  for (const [place, value] of [count, side, side].entries()) pictures.writeUInt32BE(value, 4 + 4 * place)
  for (let sample = 0; sample < count; sample++) {
    for (let place = 0; place < side * side; place++) {
      const bright = place % side === (sample % classes) * 2 + 1
      pictures[16 + sample * side * side + place] = bright ? 200 + ((sample * 7 + place) % 56) : (sample + place) % 24
    }
  }
  const marks = Buffer.alloc(8 + labels)
  marks.writeUInt32BE(0x00000801, 0)
  marks.writeUInt32BE(labels, 4)
  for (let sample = 0; sample < labels; sample++) marks[8 + sample] = sample % classes
  const paths = [join(folder, `${name}-images-idx3-ubyte`), join(folder, `${name}-labels-idx1-ubyte`)]
  writeFileSync(paths[0]!, pictures.subarray(0, pictures.length - cut))
  writeFileSync(paths[1]!, marks)
  return paths
}
