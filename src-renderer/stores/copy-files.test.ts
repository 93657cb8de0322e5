import fc from 'fast-check'
import { AppError, toReport } from '@shared/ipc/errors'
import { describe, expect, it } from 'vitest'
import { copyFiles, type CopiedPart } from './copy-files'

const all = (added: number): CopiedPart => ({ added, refused: [], failed: null })
const names = (count: number) => Array.from({ length: count }, (_value, n) => `${n}`)
const refused = (file: string) => ({ file, code: 'is-text', params: {} })

/** Copies files of which each takes so many milliseconds. */
async function copy(
  count: number,
  each: number,
  part: (files: string[]) => CopiedPart = (files) => all(files.length),
  cancelled: (copied: number) => boolean = () => false,
) {
  let [time, copied] = [0, 0]
  const parts: string[][] = []
  const told: number[] = []
  const done = await copyFiles({
    files: names(count),
    copy: async (files) => {
      parts.push(files)
      copied += files.length
      time += files.length * each
      return part(files)
    },
    cancelled: () => cancelled(copied),
    progress: (adding) => told.push(adding.done),
    now: () => time,
  })
  return { done, parts, told }
}

describe('files on their way', () => {
  it('are copied once each, in order, in parts that take about as long, whatever they cost', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 400 }), fc.double({ min: 0.01, max: 2000, noNaN: true }), async (count, each) => {
        const { done, parts, told } = await copy(count, each)
        expect(parts.flat()).toEqual(names(count))
        expect(done).toEqual({ added: count, total: count, refused: [], stopped: null })
        expect(told.at(-1) ?? 0).toBe(count)
        for (const part of parts.slice(1)) expect(part.length * each).toBeLessThan(Math.max(700, each * 1.5))
      }),
      { numRuns: 50 },
    )
  })

  it('end between two parts where the person gives up; what was copied counts', async () => {
    const { done, parts } = await copy(1000, 50, undefined, (copied) => copied >= 16)
    expect(parts.flat()).toEqual(names(16))
    expect(done).toEqual({ added: 16, total: 1000, refused: [], stopped: 'cancelled' })
  })

  it('end where the disk takes no more, or the class is gone', async () => {
    const full = toReport(new AppError('disk-full', { path: '/a' }))
    const part = (files: string[]): CopiedPart =>
      files.includes('8')
        ? { added: 3, refused: [refused('9')], failed: full }
        : { added: files.length - 1, refused: [refused('0')], failed: null }
    const { done } = await copy(100, 50, part)
    expect(done).toEqual({ added: 10, total: 100, refused: [refused('0'), refused('9')], stopped: full })
    const gone = await copy(100, 50, (files) => {
      if (files.includes('8')) throw new AppError('collection-class-missing', { name: 'a' })
      return all(files.length)
    })
    expect(gone.done).toMatchObject({ added: 8, stopped: { code: 'collection-class-missing' } })
  })
})
