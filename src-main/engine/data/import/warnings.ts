import type { ImportWarning } from '@shared/data/import'
import { storedParts } from '@shared/data/stored-dataset'
import type { Gathered } from './gather'
import type { Made } from './import'
import type { Items } from './items'
import { sliceFoldersIn } from './slice-folders'

/** What the owner of a new data set should know before training on it. */
export function warningsOf(items: Items, gathered: Gathered, made: Made): ImportWarning[] {
  const { duplicates, nearDuplicates, acrossParts, contradictions, constant } = made.finder.counts
  const counted = (code: string, count: number) => (count > 0 ? [{ code, params: { count } }] : [])
  return [
    ...loneClass(items),
    ...emptyFolders(items, gathered).map((name) => ({ code: 'empty-class', params: { name } })),
    ...classWarnings(made.classes),
    ...counted('no-class', made.skipped.concat(items.skipped).filter(({ code }) => code === 'no-class').length),
    ...counted('contradictions', contradictions),
    ...counted('across-parts', acrossParts),
    ...counted('duplicates', duplicates),
    ...counted('near-duplicates', nearDuplicates),
    ...counted('constant', constant),
    ...counted('not-numbers', made.notes.get('not-numbers') ?? 0),
    ...counted('first-frame', made.notes.get('first-frame') ?? 0),
    // Sounds have two sizes only, and their length is told by windows.
    ...(made.sizes.length > 1 && made.sizes.every(({ shape }) => shape.length > 2)
      ? [{ code: 'mixed-sizes', params: { count: made.sizes.length } }]
      : []),
    ...counted('slices-likely', sliceFoldersIn(items.labelled.map(({ file }) => file.name)).length),
  ]
}

/** A class that is the only one. */
export function loneClass({ classes }: Pick<Items, 'classes'>): ImportWarning[] {
  return classes.length === 1 ? [{ code: 'one-class', params: { name: classes[0] ?? '' } }] : []
}

/** Classes without a sample, and those that a part lacks which the source itself has. */
export function classWarnings(classes: Made['classes']): ImportWarning[] {
  const entries = Object.entries(classes)
  const present = storedParts.filter((part) => entries.some(([, counts]) => counts[part] > 0))
  return entries.flatMap(([name, counts]) => {
    if (storedParts.every((part) => counts[part] === 0)) return [{ code: 'empty-class', params: { name } }]
    return present.flatMap((part) => (counts[part] === 0 ? [{ code: `missing-in-${part}`, params: { name } }] : []))
  })
}

/** Folders beside the classes' that hold nothing but what systems and tools leave there. */
function emptyFolders({ labelled, classes }: Items, { refused }: Gathered): string[] {
  const ignored = refused.filter(({ refusal }) => refusal.outcome === 'ignored')
  if (ignored.length === 0) return []
  const used = new Set(labelled.map(({ file }) => parentOf(file.name)))
  const parents = new Set([...used].map(parentOf))
  const empty = ignored.flatMap(({ name }) => {
    const folder = parentOf(name)
    const beside = folder !== '' && parents.has(parentOf(folder)) && !used.has(folder)
    return beside ? [folder.split('/').at(-1) ?? folder] : []
  })
  return [...new Set(empty)].filter((name) => !classes.includes(name) && !/^(__MACOSX|\.)/i.test(name))
}

function parentOf(name: string): string {
  return name.slice(0, Math.max(0, name.lastIndexOf('/')))
}
