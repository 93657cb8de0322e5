import { writeAtomic } from './atomic-file'

/** Writes files one after another, so that two writes to one file never cross and the later content stays. */
export interface WriteQueue {
  /** Resolves when the content, or a later one of the same file, is on disk. */
  write(path: string, content: string): Promise<void>
  /** Resolves when nothing is left to write. */
  flush(): Promise<void>
}

export function writeQueue(write: (path: string, content: string) => Promise<void> = writeAtomic): WriteQueue {
  const latest = new Map<string, string>()
  const pending = new Map<string, Promise<void>>()

  async function writeLatest(path: string): Promise<void> {
    for (let content = latest.get(path); content !== undefined; content = latest.get(path)) {
      latest.delete(path)
      await write(path, content)
    }
  }

  return {
    write(path, content) {
      latest.set(path, content)
      const known = pending.get(path)
      if (known) return known
      const work = writeLatest(path).finally(() => pending.delete(path))
      pending.set(path, work)
      return work
    },
    async flush() {
      await Promise.allSettled(pending.values())
    },
  }
}
