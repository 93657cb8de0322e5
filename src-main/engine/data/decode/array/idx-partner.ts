import { access } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { Refusal, type Decoded } from '../contract'
import { decodeFile } from '../decode-file'
import { diskFile } from '../source-file'

/** How the files of a pair are named, pictures and labels. */
const namings: readonly (readonly [pictures: string, labels: string])[] = [
  ['images-idx3', 'labels-idx1'],
  ['images.idx3', 'labels.idx1'],
  ['idx3', 'labels-idx1'],
  ['idx3', 'idx1'],
]

/** Why an IDX file must not be used: the file that belongs to it by its name holds another number of samples. */
export async function partnerProblem(path: string, decoded: Decoded): Promise<Refusal | undefined> {
  if (decoded.kind !== 'array' || decoded.format !== 'IDX') return undefined
  const partner = await findPartner(path)
  if (partner === undefined) return undefined
  const other = await decodeFile(await diskFile(partner))
  if (!other.ok || other.decoded.kind !== 'array') return undefined
  const [count = 0, otherCount = 0] = [decoded.shape[0], other.decoded.shape[0]]
  if (count === otherCount) return undefined
  return new Refusal('idx-partner', { count, other: basename(partner), otherCount }, 'refused')
}

async function findPartner(path: string): Promise<string | undefined> {
  const name = basename(path)
  const both = namings.flatMap(([pictures, labels]) => [
    [pictures, labels],
    [labels, pictures],
  ])
  for (const [from = '', to = ''] of both) {
    const partner = join(dirname(path), name.replace(from, to))
    const isThere =
      name.includes(from) &&
      (await access(partner).then(
        () => true,
        () => false,
      ))
    if (isThere && partner !== path) return partner
  }
  return undefined
}
