import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

interface PictureOptions {
  /** Height and width of a picture. */
  readonly side?: number
  readonly classes?: number
}

export interface IdxOptions extends PictureOptions {
  readonly count: number
  /** The first four bytes of the pictures' file. */
  readonly magic?: number
  /** How many labels, where they are not as many as the pictures. */
  readonly labels?: number
  /** How many bytes the pictures' file lacks at its end. */
  readonly cut?: number
}

/** A picture that a network can tell at once: one of class k has column 2 k + 1 bright, on a dark ground with grain. */
export function barPicture(sample: number, { side = 12, classes = 4 }: PictureOptions): Uint8Array {
  const column = (sample % classes) * 2 + 1
  return Uint8Array.from({ length: side * side }, (_value, place) =>
    place % side === column ? 200 + ((sample * 7 + place) % 56) : (sample + place) % 24,
  )
}

/** Writes an IDX pair (LeCun's format for MNIST) of such pictures. Gives the two paths. */
export function writeIdxPair(folder: string, name: string, options: IdxOptions): string[] {
  const { count, side = 12, classes = 4, magic = 0x00000803, labels = count, cut = 0 } = options
  mkdirSync(folder, { recursive: true })
  const pictures = Buffer.alloc(16 + count * side * side)
  pictures.writeUInt32BE(magic, 0)
  for (const [place, value] of [count, side, side].entries()) pictures.writeUInt32BE(value, 4 + 4 * place)
  for (let sample = 0; sample < count; sample++) {
    pictures.set(barPicture(sample, { side, classes }), 16 + sample * side * side)
  }
  const marks = Buffer.alloc(8 + labels)
  marks.writeUInt32BE(0x00000801, 0)
  marks.writeUInt32BE(labels, 4)
  for (let sample = 0; sample < labels; sample++) marks[8 + sample] = sample % classes
  const [picturesPath, labelsPath] = [`${name}-images-idx3-ubyte`, `${name}-labels-idx1-ubyte`].map((file) =>
    join(folder, file),
  ) as [string, string]
  writeFileSync(picturesPath, pictures.subarray(0, pictures.length - cut))
  writeFileSync(labelsPath, marks)
  return [picturesPath, labelsPath]
}
