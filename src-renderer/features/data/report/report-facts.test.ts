import fc from 'fast-check'
import type { SkippedFile } from '@shared/data/stored-dataset'
import { describe, expect, it } from 'vitest'
import { importReport } from '@/stores/testing/import-record'
import {
  balanceOf,
  channelShares,
  lengthShares,
  rateShares,
  sizeShares,
  skippedCsv,
  skippedGroups,
  withRest,
  type Share,
} from './report-facts'

const text = (axes: readonly number[]) => axes.join(' × ')
const told = (shares: readonly Share[]) => shares.map(({ label, count }) => `${label}: ${count}`)

describe('what files were like', () => {
  const report = importReport({
    sizes: [
      { shape: [32, 48, 3], count: 10 },
      { shape: [32, 48, 1], count: 4 },
      { shape: [8, 8, 1], count: 5 },
    ],
  })

  it('sizes and channels are counted apart', () => {
    expect(told(sizeShares(report, text))).toEqual(['32 × 48: 14', '8 × 8: 5'])
    expect(told(channelShares(report))).toEqual(['3: 10', '1: 9'])
    expect([rateShares(report, String), lengthShares(report, 4, (from) => String(from))]).toEqual([[], []])
  })

  it('many sizes end in one bar for the rest', () => {
    const shares = Array.from({ length: 6 }, (_, n) => ({ id: `${n}`, label: `${n}`, count: n + 1 }))
    expect(told(withRest(shares, 3, 'others'))).toEqual(['0: 1', '1: 2', 'others: 18'])
    expect(withRest(shares, 6, 'others')).toEqual(shares)
  })

  it('lengths fall into round columns, whatever the rates, and none is lost', () => {
    const sounds = importReport({
      kind: 'sounds',
      sizes: [
        { shape: [8000, 1], rate: 8000, count: 3 },
        { shape: [8000, 1], rate: 16_000, count: 2 },
        { shape: [31_000, 2], rate: 8000, count: 1 },
      ],
    })
    expect(told(rateShares(sounds, String))).toEqual(['8000: 4', '16000: 2'])
    expect(told(lengthShares(sounds, 4, (from, to) => `${from}–${to}`))).toEqual([
      '0–1: 2',
      '1–2: 3',
      '2–3: 0',
      '3–4: 1',
    ])
    const size = fc.record({ frames: fc.integer({ min: 0, max: 1e6 }), rate: fc.integer({ min: 100, max: 96_000 }) })
    fc.assert(
      fc.property(
        fc.array(size, { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 1, max: 12 }),
        (sizes, columns) => {
          const made = importReport({
            sizes: sizes.map(({ frames, rate }) => ({ shape: [frames, 1], rate, count: 1 })),
          })
          const shares = lengthShares(made, columns, String)
          expect(shares.length).toBeLessThanOrEqual(columns)
          expect(shares.reduce((sum, { count }) => sum + count, 0)).toBe(sizes.length)
        },
      ),
    )
  })
})

it('the balance of classes is told part by part', () => {
  const [cats, dogs] = balanceOf(importReport())
  expect(cats).toEqual({
    name: 'cats',
    total: 700,
    parts: [
      { part: 'train', count: 600, share: 600 / 700 },
      { part: 'test', count: 100, share: 100 / 700 },
    ],
  })
  expect(dogs?.total).toBe(600)
})

describe('skipped files', () => {
  const file = (name: string, code: string): SkippedFile => ({ file: name, outcome: 'skipped', code, params: {} })
  const files = [file('a/one.png', 'damaged'), file('b/two.txt', 'is-text'), file('b/three.txt', 'is-text')]
  const reason = ({ code }: SkippedFile) => `because it is ${code}`

  it.each([
    ['', ['is-text 2', 'damaged 1']],
    ['B/T', ['is-text 2']],
    ['one', ['damaged 1']],
    ['IS-text', ['is-text 2']],
    ['nowhere', []],
  ])('looked for by “%s”', (wanted, expected) =>
    expect(skippedGroups(files, wanted, reason).map((group) => `${group.code} ${group.files.length}`)).toEqual(
      expected,
    ),
  )

  it('make a table that any spreadsheet reads and none runs', () => {
    const titles = ['File', 'Outcome', 'Reason', 'Code'] as const
    const odd = [file('a, "b"\nc.png', 'x'), file('=HYPERLINK("http://x")', 'y')]
    expect(skippedCsv(odd, titles, ({ code }) => code)).toBe(
      'File,Outcome,Reason,Code\r\n"a, ""b""\nc.png",skipped,x,x\r\n"\'=HYPERLINK(""http://x"")",skipped,y,y\r\n',
    )
  })
})
