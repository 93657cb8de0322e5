import type { ImportSettings } from '@shared/data/import'
import type { StoredPart } from '@shared/data/stored-dataset'
import { deriveSeed, seededRandom, shuffle } from '../../random'
import { stratifiedSplit } from '../split'
import { compiled, firstGroup, type Labelled } from './labels'

/**
 * The part of each file. Parts that the source tells stay as they are; where it has no test part, a share of what is to
 * be learned from becomes one: of every class alike, or, with a pattern for groups, whole groups.
 */
export function partsOf(
  files: readonly Labelled[],
  classes: readonly string[],
  settings: ImportSettings,
): StoredPart[] {
  const parts = files.map(({ part }): StoredPart => part ?? 'train')
  // Data that has a test part alone is data to learn from.
  if (!parts.includes('train')) return parts.map(() => 'train')
  if (parts.includes('test') || settings.testShare === 0) return parts
  const learned = [...parts.keys()].filter((n) => parts[n] === 'train')
  const chosen =
    settings.groupPattern === null ? byClass(files, learned, classes, settings) : byGroup(files, learned, settings)
  for (const n of chosen) parts[n] = 'test'
  return parts
}

function byClass(
  files: readonly Labelled[],
  learned: readonly number[],
  classes: readonly string[],
  { testShare, seed }: ImportSettings,
): number[] {
  const numbers = new Map(classes.map((name, n) => [name, n]))
  const labels = Uint16Array.from(learned, (n) => numbers.get(files[n]?.label ?? '') ?? 0)
  const { setAside } = stratifiedSplit(labels, classes.length, testShare, seed)
  return [...setAside].flatMap((position) => learned[position] ?? [])
}

/** Whole groups in an order drawn by the seed, as long as each brings the test part nearer to its share. */
function byGroup(
  files: readonly Labelled[],
  learned: readonly number[],
  { groupPattern, testShare, seed }: ImportSettings,
): number[] {
  const pattern = compiled(groupPattern ?? '')
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
  const wanted = learned.length * testShare
  const chosen: number[] = []
  for (const at of order) {
    const members = all[at] ?? []
    const nearer = Math.abs(chosen.length + members.length - wanted) < Math.abs(chosen.length - wanted)
    if (nearer && chosen.length + members.length < learned.length) chosen.push(...members)
  }
  return chosen
}
