import type { StoredPart } from '@shared/data/stored-dataset'
import type { LabelledFile } from '../decode/table/label-columns'

/** What a table of labels says of a file. */
export interface LabelRow {
  /** Empty where it says nothing; undefined where several lines say different things. */
  readonly label: string | undefined
  readonly split: string
  /** What the table's own name tells. */
  readonly part: StoredPart | undefined
}

interface Line extends LabelRow {
  /** The folders that the table names, from the file's upwards. */
  readonly folders: readonly string[]
}

/**
 * Lines of tables by the files that they name. Tables name files with more folders than are there, with fewer, or with
 * none, and with and without their ending; of several files of a name each finds the lines whose folders fit its own.
 */
export class LabelRows {
  /** By name. */
  readonly #all = new Map<string, Line[]>()
  /** By folder and name, since a name may be that of a file in each of many thousand folders. */
  readonly #near = new Map<string, Line[]>()

  constructor(rows: readonly LabelledFile[] = []) {
    this.add(rows, undefined)
  }

  add(rows: readonly LabelledFile[], part: StoredPart | undefined): void {
    for (const { file, label, split } of rows) {
      const [name = '', ...folders] = reversed(file)
      const line: Line = { label, split, part, folders }
      append(this.#all, name, line)
      append(this.#near, keyOf(name, folders), line)
    }
  }

  /** What is said of a file by its path with `/`. */
  of(path: string): LabelRow | undefined {
    const [name = '', ...folders] = reversed(path)
    const fitting = this.#fitting(name, folders) ?? this.#fitting(name.replace(/\.[^.]+$/, ''), folders) ?? []
    const [first] = fitting
    if (!first) return undefined
    const agree = fitting.every(({ label }) => label === first.label)
    return { ...first, label: agree ? first.label : undefined }
  }

  /** The lines whose folders are the file's as far as both go, and furthest; else what there is, if it is of one place. */
  #fitting(name: string, folders: readonly string[]): readonly Line[] | undefined {
    const all = this.#all.get(name)
    if (!all) return undefined
    if (folders.length === 0) return all
    const near = [...(this.#near.get(keyOf(name, folders)) ?? []), ...(this.#near.get(keyOf(name, [])) ?? [])]
    const shared = near.map((line) => {
      const length = Math.min(line.folders.length, folders.length)
      return folders.slice(0, length).every((folder, n) => folder === line.folders[n]) ? length : -1
    })
    const most = Math.max(...shared)
    if (most >= 0) return near.filter((_, n) => shared[n] === most)
    const place = all[0]?.folders.join('/')
    return all.every((line) => line.folders.join('/') === place) ? all : []
  }
}

function keyOf(name: string, [folder]: readonly string[]): string {
  return folder === undefined ? name : `${folder}/${name}`
}

function append(lines: Map<string, Line[]>, key: string, line: Line): void {
  const others = lines.get(key)
  if (others) others.push(line)
  else lines.set(key, [line])
}

/** Systems write letters with accents as one sign or as two. */
function reversed(path: string): string[] {
  return path
    .normalize('NFC')
    .replaceAll('\\', '/')
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .reverse()
}
