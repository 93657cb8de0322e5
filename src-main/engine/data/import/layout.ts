import type { ClassFolders, ImportSettings } from '@shared/data/import'
import type { StoredPart } from '@shared/data/stored-dataset'

/** Where a file belongs, by the folders that it lies in. */
export interface FolderPlace {
  /** Undefined: it lies beside the class folders, in none. */
  readonly label: string | undefined
  /** Undefined: no folder tells. */
  readonly part: StoredPart | undefined
}

const partNames: readonly (readonly [StoredPart, RegExp])[] = [
  ['train', /^(train|training|learn)$/i],
  ['validation', /^(val|valid|validation|dev)$/i],
  ['test', /^(test|testing|tst|eval|evaluation)$/i],
]

/** The part of the data that a name stands for, if any; sets that grow from year to year name that too (`val2017`). */
export function partNamed(name: string): StoredPart | undefined {
  const plain = name.trim().replace(/[-_ ]?(19|20)\d\d$/, '')
  return partNames.find(([, pattern]) => pattern.test(plain))?.[0]
}

/** Which folders tell something: those below `shared`, but for the level of the parts. */
export interface Levels {
  /** How many folders, from the top, all files share. */
  readonly shared: number
  /** The level of which every folder is named as a part. */
  readonly parts: number | undefined
}

/**
 * Which class and part each file has by its folders. `names` are paths with `/` below what was dropped. Folders that all
 * files share tell nothing; a level of which every folder is named as a part (train, val, test) gives parts and never
 * classes, unless `partFolders` says that it does; of the rest, `auto` takes the folder next to the file, unless the same
 * name then stands for several folders.
 */
export function placesByFolder(
  names: readonly string[],
  choice: ClassFolders,
  partFolders: ImportSettings['partFolders'] = 'parts',
): FolderPlace[] {
  // There are many files to a folder, what is asked of it is the same for all of them, and they follow each other: one
  // text for all is looked up faster than one for each.
  let last = ''
  const own = names.map((name) => {
    const folder = folderOf(name)
    return folder === last ? last : (last = folder)
  })
  const distinct = [...new Set(own)]
  const folders = distinct.map(foldersOf)
  const levels = levelsOf(folders, partFolders)
  const below = folders.map((path) => tellingFolders(path, levels))
  const topmost = choice === 'topmost' || (choice === 'auto' && !nearestIsUnique(below))
  const places = new Map<string, FolderPlace>()
  for (const [n, folder] of distinct.entries()) {
    places.set(folder, {
      label: topmost ? below[n]?.at(0) : below[n]?.at(-1),
      part: levels.parts === undefined ? undefined : partNamed(folders[n]?.[levels.parts] ?? ''),
    })
  }
  return own.map((folder) => places.get(folder) ?? nowhere)
}

const nowhere: FolderPlace = { label: undefined, part: undefined }

/** A path with `/` without the file's own name. */
function folderOf(name: string): string {
  return name.slice(0, name.lastIndexOf('/') + 1)
}

/** The folders in a path with `/`, from the top. */
export function foldersOf(name: string): string[] {
  return name.split('/').slice(0, -1)
}

export function levelsOf(
  folders: readonly (readonly string[])[],
  partFolders: ImportSettings['partFolders'] = 'parts',
): Levels {
  const asParts = partFolders === 'parts'
  const shared = sharedDepth(folders, asParts)
  return { shared, parts: asParts ? partLevel(folders, shared) : undefined }
}

/** What of a file's folders may be its class. */
export function tellingFolders(path: readonly string[], { shared, parts }: Levels): string[] {
  return path.filter((_, depth) => depth >= shared && depth !== parts)
}

/** How many folders, from the top, all files have in common and tell nothing; a part tells, and so does a single class. */
function sharedDepth(folders: readonly (readonly string[])[], asParts: boolean): number {
  const [first = []] = folders
  const differs = first.findIndex((name, depth) => folders.some((path) => path[depth] !== name))
  const common = differs < 0 ? first.length : differs
  const part = asParts ? first.slice(0, common).findIndex((name) => partNamed(name) !== undefined) : -1
  if (part >= 0) return part
  return common > 0 && folders.every((path) => path.length === common) ? common - 1 : common
}

function partLevel(folders: readonly (readonly string[])[], from: number): number | undefined {
  const deepest = folders.reduce((most, path) => Math.max(most, path.length), 0)
  for (let level = from; level < deepest; level++) {
    const there = folders.filter((path) => path.length > level)
    if (there.length === folders.length && there.every((path) => partNamed(path[level] ?? '') !== undefined))
      return level
  }
  return undefined
}

function nearestIsUnique(below: readonly (readonly string[])[]): boolean {
  const places = new Map<string, string>()
  for (const path of below) {
    const name = path.at(-1)
    if (name === undefined) continue
    const place = path.join('/')
    if ((places.get(name) ?? place) !== place) return false
    places.set(name, place)
  }
  const depths = new Set(below.filter((path) => path.length > 0).map((path) => path.length))
  return depths.size <= 1
}
