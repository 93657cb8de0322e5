import type { SamplePage } from '@shared/data/dataset'

export interface SamplePagesOptions {
  /** Samples that the pages cover in all; null: the first page will tell. */
  readonly total: number | null
  readonly pageSize: number
  /** Pages kept in memory; those on screen are kept in any case. */
  readonly keep: number
  /** Pages read at the same time. */
  readonly parallel?: number
  readonly load: (offset: number, count: number, signal: AbortSignal) => Promise<SamplePage | undefined>
  /** A page arrived; of how many samples in all. */
  readonly changed: (total: number) => void
  /** A page that is still wanted could not be read. */
  readonly failed: (thrown: unknown) => void
}

/** Where a sample lies: its page and its place in it. */
export interface SamplePlace {
  readonly page: SamplePage
  readonly offset: number
}

/**
 * The samples of a long list, read page by page as they come on screen. What was scrolled past before it was read is
 * given up, and the pages looked at longest ago are dropped.
 */
export class SamplePages {
  readonly #options: SamplePagesOptions
  readonly #pages = new Map<number, SamplePage>()
  readonly #reading = new Map<number, AbortController>()
  #wanted: readonly number[] = []
  #first = 0
  #total: number | null

  constructor(options: SamplePagesOptions) {
    this.#options = options
    this.#total = options.total
  }

  /** Asks for the samples at the positions `first` to `last`, and for the page that scrolling on would need next. */
  want(first: number, last: number): void {
    const { pageSize } = this.#options
    if (this.#total === 0) return
    const lastPage = this.#total === null ? 0 : Math.floor((this.#total - 1) / pageSize)
    const from = Math.min(lastPage, Math.max(0, Math.floor(first / pageSize)))
    const to = Math.min(lastPage, Math.floor(last / pageSize))
    const onScreen = Array.from({ length: Math.max(0, to - from + 1) }, (_value, step) => from + step)
    const next = first < this.#first ? from - 1 : to + 1
    this.#first = first
    this.#wanted = next >= 0 && next <= lastPage ? [...onScreen, next] : onScreen
    for (const [page, controller] of this.#reading) if (!this.#wanted.includes(page)) controller.abort()
    this.#readNext()
  }

  /** The sample at a position, or undefined while it is not read. */
  at(position: number): SamplePlace | undefined {
    const { pageSize } = this.#options
    const page = this.#pages.get(Math.floor(position / pageSize))
    const offset = position % pageSize
    return page && offset < page.rows.length ? { page, offset } : undefined
  }

  /** Gives up all that is being read; the pages that are there stay. */
  close(): void {
    this.#wanted = []
    for (const controller of this.#reading.values()) controller.abort()
  }

  /** Reads again what could not be read. */
  retry(): void {
    this.#readNext()
  }

  #readNext(): void {
    for (const page of this.#wanted) {
      const known = this.#pages.get(page)
      if (known) this.#keep(page, known)
      else if (!this.#reading.has(page) && this.#reading.size < (this.#options.parallel ?? 2)) void this.#read(page)
    }
  }

  async #read(page: number): Promise<void> {
    const { pageSize, load, changed, failed } = this.#options
    const controller = new AbortController()
    this.#reading.set(page, controller)
    const offset = page * pageSize
    let loaded = false
    try {
      const size = this.#total === null ? pageSize : Math.min(pageSize, this.#total - offset)
      const read = await load(offset, size, controller.signal)
      // What was given up but read all the same is as good as any.
      if (read) {
        this.#keep(page, read)
        this.#total ??= read.total
        loaded = true
      }
    } catch (thrown) {
      if (!controller.signal.aborted) failed(thrown)
    }
    this.#reading.delete(page)
    if (loaded) changed(this.#total ?? 0)
    if (loaded || controller.signal.aborted) this.#readNext()
  }

  /** Puts a page last in the order of dropping, and drops what is too much. */
  #keep(page: number, value: SamplePage): void {
    this.#pages.delete(page)
    this.#pages.set(page, value)
    for (const oldest of this.#pages.keys()) {
      if (this.#pages.size <= this.#options.keep) break
      if (!this.#wanted.includes(oldest)) this.#pages.delete(oldest)
    }
  }
}

const pageLimit = 200
const pageBytes = 4_000_000
const cacheBytes = 64_000_000

/**
 * How many samples make a page and how many pages are kept, by the bytes of a sample (four on screen for each pixel):
 * small pictures come 200 at a time, large ones in pages of some megabytes.
 */
export function pageMeasures(shape: readonly number[]): { pageSize: number; keep: number } {
  const product = (axes: readonly number[]) => axes.reduce((values, axis) => values * axis, 1)
  const bytes = Math.max(1, product(shape), product(shape.slice(0, -1)) * 4)
  const pageSize = Math.max(4, Math.min(pageLimit, Math.floor(pageBytes / bytes)))
  return { pageSize, keep: Math.max(6, Math.floor(cacheBytes / (pageSize * bytes))) }
}
