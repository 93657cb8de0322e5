import type { SourceFacts } from '@shared/data/source-facts'
import { inCountingOrder } from '../decode/volume/slices'
import { foldersOf, levelsOf, partNamed, tellingFolders } from './layout'
import { sliceFoldersIn } from './slice-folders'

/** So many names stand for all. */
const mostExamples = 8

/** The shape of a source by the paths (with `/`) of its samples' files below what was dropped; nothing is opened. */
export function sourceFacts(names: readonly string[]): SourceFacts {
  const folders = names.map(foldersOf)
  const levels = levelsOf(folders)
  const below = folders.map((path) => tellingFolders(path, levels))
  return {
    levels: foldersByDepth(folders, levels.shared),
    parts: partsAt(folders, levels.parts),
    classes: { nearest: classesOf(below, -1), topmost: classesOf(below, 0) },
    sliceFolders: sliceFoldersIn(names).length,
  }
}

function foldersByDepth(folders: readonly (readonly string[])[], from: number): SourceFacts['levels'] {
  const deepest = folders.reduce((most, path) => Math.max(most, path.length), 0)
  return Array.from({ length: Math.max(0, deepest - from) }, (_, level) => {
    const there = folders.filter((path) => path.length > from + level)
    const paths = new Set(there.map((path) => path.slice(0, from + level + 1).join('/')))
    return { folders: paths.size, examples: firstOf(there.map((path) => path[from + level] ?? '')) }
  })
}

function partsAt(folders: readonly (readonly string[])[], level: number | undefined): SourceFacts['parts'] {
  if (level === undefined) return []
  const counts = new Map<string, number>()
  for (const path of folders) {
    const name = path[level] ?? ''
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return [...counts].flatMap(([folder, files]) => {
    const part = partNamed(folder)
    return part ? [{ folder, part, files }] : []
  })
}

function classesOf(below: readonly (readonly string[])[], at: number): SourceFacts['classes']['nearest'] {
  const names = new Set(below.flatMap((path) => path.at(at) ?? []))
  return { count: names.size, examples: firstOf([...names]) }
}

function firstOf(names: readonly string[]): string[] {
  return inCountingOrder([...new Set(names)]).slice(0, mostExamples)
}
