import type { z } from 'zod'
import { issueText } from '@shared/ipc/contract'
import type { Log } from '@shared/log'

/** A small value that outlives the program. */
export interface Stored<T> {
  read(): T
  write(value: T): void
}

/** What keeps a value on disk, with no idea of what it is: a store of electron-store, or memory in tests. */
export interface Shelf {
  get(): unknown
  set(value: object): void
}

/**
 * A value on a shelf, checked whenever it is read: one that does not match its schema (edited by hand, or written by
 * another version) counts as `initial`, and that is logged.
 */
export function stored<T extends object>(
  shelf: Shelf,
  schema: z.ZodType<T>,
  initial: T,
  name: string,
  log: Log,
): Stored<T> {
  let known: T | undefined
  return {
    read() {
      if (known) return known
      const content = shelf.get()
      const isEmpty = typeof content !== 'object' || content === null || Object.keys(content).length === 0
      const parsed = schema.safeParse(content)
      if (!parsed.success && !isEmpty) log.warn(`${name} does not match its schema: ${issueText(parsed.error)}`)
      known = parsed.success ? parsed.data : initial
      return known
    },
    write(value) {
      known = value
      shelf.set(value)
    },
  }
}

/** A shelf that forgets everything with the program. */
export function memoryShelf(content?: unknown): Shelf {
  let kept = content
  return {
    get: () => kept,
    set(value) {
      kept = value
    },
  }
}
