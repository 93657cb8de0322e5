/** Something in use: it stays open at least until it is released. */
export interface Leased<T> {
  readonly value: T
  release(): void
}

interface Entry<T> {
  readonly stamp: string
  readonly opening: Promise<T>
  users: number
  evicted: boolean
}

/** Keeps what was last used open, by its key; what has another stamp than before is opened anew. */
export class Leases<T extends { close(): void }> {
  private readonly entries = new Map<string, Entry<T>>()

  /** `capacity`: how many stay open while nobody uses them. */
  constructor(private readonly capacity: number) {}

  /** Opens what a key names or takes the open one; the caller releases it. */
  async lease(key: string, stamp: string, open: () => Promise<T>): Promise<Leased<T>> {
    const kept = this.entries.get(key)
    if (kept && kept.stamp !== stamp) this.evict(key, kept)
    const entry = this.entries.get(key) ?? { stamp, opening: open(), users: 0, evicted: false }
    entry.users += 1
    // The last used one stands last.
    this.entries.delete(key)
    this.entries.set(key, entry)
    try {
      const value = await entry.opening
      this.trim()
      let released = false
      return {
        value,
        release: () => {
          if (!released) this.release(entry)
          released = true
        },
      }
    } catch (error) {
      this.entries.delete(key)
      throw error
    }
  }

  private trim(): void {
    for (const [key, entry] of this.entries) {
      if (this.entries.size <= this.capacity) return
      this.evict(key, entry)
    }
  }

  private evict(key: string, entry: Entry<T>): void {
    this.entries.delete(key)
    entry.evicted = true
    if (entry.users === 0) closeWhenOpen(entry)
  }

  private release(entry: Entry<T>): void {
    entry.users -= 1
    if (entry.evicted && entry.users === 0) closeWhenOpen(entry)
  }
}

function closeWhenOpen<T extends { close(): void }>({ opening }: Entry<T>): void {
  opening.then(
    (value) => value.close(),
    () => undefined,
  )
}
