import { AppError } from '@shared/ipc/errors'
import { numberedName } from './numbered-name'

/** Names that mean something else to a system (a device of Windows, a folder that no import looks into). */
const reserved = /^((con|prn|aux|nul|com\d|lpt\d)(\..*)?|__macosx|\$recycle\.bin|system volume information|@eadir)$/i
/** An import takes folders of these names for the parts of the data. */
const parts = /^(train|training|learn|val|valid|validation|dev|test|testing|tst|eval|evaluation)$/i
/** What file systems refuse, and what would show a name otherwise than it is: marks that turn the direction of writing. */
const unwanted = /[<>:"/\\|?*\p{Cc}\p{Cs}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]+/gu
/** So many characters take no more bytes than any file system allows for a name, with a number and an ending. */
const longest = 56

/** A name that every file system takes and no import misreads, as near to the given one as can be; may be empty. */
export function plainName(name: string): string {
  const cleaned = name.normalize('NFC').replace(unwanted, ' ').replace(/\s+/g, ' ')
  const cut = [...cleaned.replace(/^[. ]+/, '')].slice(0, longest).join('')
  const plain = cut.replace(/[. ]+$/, '')
  return reserved.test(plain) ? `_${plain}` : plain
}

/** The name of a class as its folder has it. Refuses one that nothing is left of, that is taken, or that means a part. */
export function className(name: string, taken: readonly string[]): string {
  const plain = plainName(name)
  if (plain === '') throw new AppError('collection-class-empty', { name })
  if (parts.test(plain)) throw new AppError('collection-class-part', { name: plain })
  if (taken.some((other) => sameName(other, plain))) throw new AppError('collection-class-taken', { name: plain })
  return plain
}

/** Whether two names mean one file where letters' case does not count. */
export function sameName(one: string, other: string): boolean {
  return keyOf(one) === keyOf(other)
}

/** A file's name without its folders, split into a plain stem and an ending with its dot. */
export function plainFile(name: string): readonly [stem: string, ending: string] {
  const base = name.split(/[\\/]/).at(-1) ?? ''
  const ending = /\.[a-z0-9]{1,8}$/i.exec(base)?.[0] ?? ''
  return [plainName(base.slice(0, base.length - ending.length)) || 'sample', ending.toLowerCase()]
}

/** Gives names that are not taken yet: the wanted one, else with the first free number behind it. */
export class FreeNames {
  readonly #taken: Set<string>
  readonly #next = new Map<string, number>()

  constructor(taken: readonly string[]) {
    this.#taken = new Set(taken.map(keyOf))
  }

  /** `numbered`: also the first one has a number, with four digits. */
  take(stem: string, ending: string, numbered = false): string {
    const start = `${keyOf(stem)} ${ending}`
    for (let number = this.#next.get(start) ?? 1; ; number++) {
      const digits = numbered ? `-${numberedName(number)}` : number === 1 ? '' : `-${number}`
      const name = `${stem}${digits}${ending}`
      if (this.#taken.has(keyOf(name))) continue
      this.#taken.add(keyOf(name))
      this.#next.set(start, number + 1)
      return name
    }
  }
}

function keyOf(name: string): string {
  return name.normalize('NFC').toLowerCase()
}
