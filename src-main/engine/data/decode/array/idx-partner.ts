import { access } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { Refusal } from '../contract'
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
export async function partnerProblem(path: string): Promise<Refusal | undefined> {
  const partner = await findPartner(path)
  if (partner === undefined) return undefined
  const [count, otherCount] = await Promise.all([countIn(path), countIn(partner)])
  if (count === undefined || otherCount === undefined || count === otherCount) return undefined
  return new Refusal('idx-partner', { count, other: basename(partner), otherCount }, 'refused')
}

async function findPartner(path: string): Promise<string | undefined> {
  const name = basename(path)
  for (const [pictures, labels] of namings) {
    // The longer name first, in which the shorter one may stand.
    for (const [from, to] of [
      [labels, pictures],
      [pictures, labels],
    ] as const) {
      if (!name.includes(from)) continue
      const partner = join(dirname(path), name.replace(from, to))
      if (await isThere(partner)) return partner
    }
  }
  return undefined
}

async function isThere(path: string): Promise<boolean> {
  try {
    await access(path)
    return true
  } catch {
    return false
  }
}

/** How many samples an IDX file holds; a file that is none, or is damaged, has its own reasons not to be used. */
async function countIn(path: string): Promise<number | undefined> {
  const outcome = await decodeFile(await diskFile(path))
  if (!outcome.ok || outcome.decoded.kind !== 'array' || outcome.decoded.format !== 'IDX') return undefined
  return outcome.decoded.shape[0]
}
