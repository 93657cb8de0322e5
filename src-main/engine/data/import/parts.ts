import type { ImportSettings } from '@shared/data/import'
import type { StoredPart } from '@shared/data/stored-dataset'
import { deriveSeed, seededRandom, shuffle } from '../../random'
import { stratifiedSplit } from '../split'
import { compiled, firstGroup, type Labelled } from './labels'

/**
 * The part of each file, and whether the source has no test part of its own. Parts that the source tells stay as they
 * are. Where it has no test part, a share of what is to be learned from becomes one, and where it has none for
 * validation, a share of the rest does if the settings want it: of every class alike, or, with a pattern for groups,
 * whole groups.
 */
export function partsOf(
  files: readonly Labelled[],
  classes: readonly string[],
  settings: ImportSettings,
): { readonly parts: StoredPart[]; readonly testDrawn: boolean } {
  const { seed, testShare, validationShare } = settings
  const parts = files.map(({ part }): StoredPart => part ?? 'train')
  // Data that has a test part alone is data to learn from.
  if (!parts.includes('train')) parts.fill('train')
  const draw = (part: StoredPart, share: number, drawSeed: number) => {
    const learned = [...parts.keys()].filter((n) => parts[n] === 'train')
    const drawing = { share, seed: drawSeed }
    const chosen =
      settings.groupPattern === null
        ? byClass(files, learned, classes, drawing)
        : byGroup(files, learned, settings.groupPattern, drawing)
    for (const n of chosen) parts[n] = part
  }
  const testDrawn = !parts.includes('test')
  if (testDrawn && testShare > 0) draw('test', testShare, seed)
  const share = parts.includes('validation') ? 0 : (validationShare ?? 0)
  if (share > 0) draw('validation', share, deriveSeed(seed, 'validation'))
  return { parts, testDrawn }
}

interface Drawing {
  readonly share: number
  readonly seed: number
}

function byClass(
  files: readonly Labelled[],
  learned: readonly number[],
  classes: readonly string[],
  { share, seed }: Drawing,
): number[] {
  const numbers = new Map(classes.map((name, n) => [name, n]))
  const labels = new Uint16Array(learned.map((n) => numbers.get(files[n]?.label ?? '') ?? 0))
  const { setAside } = stratifiedSplit(labels, classes.length, share, seed)
  return Array.from(setAside, (position) => learned[position] ?? 0)
}

/** Whole groups in an order drawn by the seed, as long as each brings the part nearer to its share. */
function byGroup(
  files: readonly Labelled[],
  learned: readonly number[],
  groupPattern: string,
  { share, seed }: Drawing,
): number[] {
  const pattern = compiled(groupPattern)
  const groups = new Map<string, number[]>()
  for (const n of learned) {
    const name = files[n]?.file.name ?? ''
    // A file without a group is one of its own.
    const group = firstGroup(pattern, name) ?? name
    const members = groups.get(group)
    if (members) members.push(n)
    else groups.set(group, [n])
  }
  const all = [...groups.values()]
  const order = shuffle(Uint32Array.from(all.keys()), seededRandom(deriveSeed(seed, 'groups')))
  const wanted = learned.length * share
  const chosen: number[] = []
  for (const at of order) {
    const members = all[at] ?? []
    const nearer = Math.abs(chosen.length + members.length - wanted) < Math.abs(chosen.length - wanted)
    if (nearer && chosen.length + members.length < learned.length) chosen.push(...members)
  }
  return chosen
}
