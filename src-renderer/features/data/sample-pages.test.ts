import type { SamplePage } from '@shared/data/dataset'
import { describe, expect, it } from 'vitest'
import { samplePage } from '@/stores/testing/samples'
import { pageMeasures, SamplePages, type SamplePagesOptions } from './sample-pages'

function page(offset: number, count: number): SamplePage {
  return samplePage(
    Array.from({ length: count }, (_value, index) => offset + index),
    { shape: [1, 1, 1] },
  )
}

/** Pages of ten out of 95 samples, whose readings the test answers one by one. */
function makePages(part: Partial<SamplePagesOptions> = {}) {
  const asked: { offset: number; count: number; signal: AbortSignal; answer: (failure?: unknown) => Promise<void> }[] =
    []
  const failures: unknown[] = []
  let changes = 0
  const pages = new SamplePages({
    total: 95,
    pageSize: 10,
    keep: 4,
    load: (offset, count, signal) =>
      new Promise((resolve, reject) => {
        async function answer(failure?: unknown): Promise<void> {
          if (failure === undefined) resolve(page(offset, count))
          else reject(failure)
          await new Promise((done) => setTimeout(done))
        }
        asked.push({ offset, count, signal, answer })
      }),
    changed: () => (changes += 1),
    failed: (thrown) => failures.push(thrown),
    ...part,
  })
  return { pages, asked, failures, changes: () => changes, offsets: () => asked.map(({ offset }) => offset) }
}

describe('SamplePages', () => {
  it('reads what is on screen first, two pages at a time, and then the next', async () => {
    const { pages, asked, offsets } = makePages()
    pages.want(5, 25)
    expect(offsets()).toEqual([0, 10])
    await asked[0]?.answer()
    expect(offsets()).toEqual([0, 10, 20])
    await asked[1]?.answer()
    await asked[2]?.answer()
    expect(offsets()).toEqual([0, 10, 20, 30])
  })

  it('asks for no more than there is at the end', async () => {
    const { pages, asked } = makePages()
    pages.want(90, 94)
    expect(asked.map(({ offset, count }) => [offset, count])).toEqual([[90, 5]])
    await asked[0]?.answer()
    expect(pages.at(94)?.page.rows[4]).toBe(94)
    expect(pages.at(95)).toBeUndefined()
  })

  it('looks ahead in the direction of scrolling', () => {
    const { pages, offsets } = makePages({ parallel: 9 })
    pages.want(50, 55)
    expect(offsets()).toEqual([50, 60])
    pages.want(40, 45)
    expect(offsets()).toEqual([50, 60, 40, 30])
  })

  it('gives up what was scrolled past, and then reads what is on screen', async () => {
    const { pages, asked, offsets, failures } = makePages()
    pages.want(0, 9)
    pages.want(70, 79)
    expect(asked.map(({ signal }) => signal.aborted)).toEqual([true, true])
    await asked[0]?.answer(new Error('cancelled'))
    await asked[1]?.answer(new Error('cancelled'))
    expect(offsets()).toEqual([0, 10, 70, 80])
    expect(failures).toEqual([])
  })

  it('tells of a failure once and reads again when asked to', async () => {
    const { pages, asked, failures, offsets } = makePages({ total: 10 })
    const failure = new Error('unreadable')
    pages.want(0, 9)
    await asked[0]?.answer(failure)
    expect(failures).toEqual([failure])
    expect(offsets()).toEqual([0])
    pages.retry()
    await asked[1]?.answer()
    expect(pages.at(3)?.offset).toBe(3)
  })

  it('drops the pages that were looked at longest ago', async () => {
    const { pages, asked } = makePages({ keep: 2, parallel: 1 })
    for (const first of [0, 20, 40]) {
      pages.want(first, first + 9)
      for (const one of asked) await one.answer()
    }
    expect(pages.at(0)).toBeUndefined()
    expect(pages.at(45)).toBeDefined()
  })

  it('keeps all that is on screen, however much that is', async () => {
    const { pages, asked } = makePages({ keep: 1, parallel: 9 })
    pages.want(0, 59)
    for (const one of asked) await one.answer()
    expect([5, 15, 25, 35, 45, 55].map((position) => pages.at(position) !== undefined)).not.toContain(false)
  })

  it('asks for nothing where there is nothing, and for nothing more once it is closed', async () => {
    const empty = makePages({ total: 0 })
    empty.pages.want(0, 10)
    expect(empty.asked).toHaveLength(0)
    const { pages, asked } = makePages()
    pages.want(0, 40)
    pages.close()
    for (const one of [...asked]) await one.answer(new Error('cancelled'))
    expect(asked).toHaveLength(2)
  })
})

describe('pageMeasures', () => {
  it.each([
    ['digits', [28, 28, 1], 200],
    ['small colour pictures', [32, 32, 3], 200],
    ['photographs', [224, 224, 3], 19],
    ['very large pictures', [4000, 3000, 3], 4],
    ['single values', [1], 200],
  ])('%s', (_name, shape, pageSize) => {
    const measures = pageMeasures(shape)
    expect(measures.pageSize).toBe(pageSize)
    expect(measures.keep).toBeGreaterThanOrEqual(6)
  })
})
