// @ts-check
import { describe, expect, it, vi } from 'vitest'
import { bestOf, figuresOf, measure, median } from './measure.mjs'

describe('the median', () => {
  it.each([
    { values: [3], expected: 3 },
    { values: [5, 1, 3], expected: 3 },
    { values: [4, 1, 3, 2], expected: 2.5 },
    { values: [10, 9, 100], expected: 10 },
  ])('of $values is $expected', ({ values, expected }) => {
    expect(median(values)).toBe(expected)
  })

  it('of nothing is no number', () => {
    expect(median([])).toBeNaN()
  })
})

describe('figures', () => {
  const readings = [
    { name: 'ours', value: 20 },
    { name: 'mixed', value: 35, note: 'early' },
    { name: 'peer', value: 40, against: 'mixed' },
    { name: 'ours', value: 30 },
    { name: 'mixed', value: 45, note: 'late' },
    { name: 'peer', value: 60, against: 'mixed' },
    { name: 'alone', value: 5, against: 'alone' },
  ]

  it('are medians of what each name read, with its last note', () => {
    expect(figuresOf(readings, 'higher').map(({ name, median, all, note }) => [name, median, all, note])).toEqual([
      ['ours', 25, [20, 30], ''],
      ['mixed', 40, [35, 45], 'late'],
      ['peer', 50, [40, 60], ''],
      ['alone', 5, [5], ''],
    ])
  })

  it.each([
    { better: /** @type {const} */ ('higher'), ratios: [null, 25 / 40, 40 / 50, null] },
    { better: /** @type {const} */ ('lower'), ratios: [null, 40 / 25, 50 / 40, null] },
  ])('say how many times better the other one is where $better is better', ({ better, ratios }) => {
    const figures = figuresOf(readings, better)
    expect(figures.map(({ ratio }) => ratio)).toEqual(ratios)
    expect(figures.map(({ against }) => against)).toEqual([null, 'ours', 'mixed', null])
  })
})

describe('a row', () => {
  const report = { stream: process.stderr, step: vi.fn(), note: vi.fn(), done: vi.fn() }

  /** @param {string} name @param {() => number} value */
  const contender = (name, value) => ({ name, run: vi.fn(async () => [{ name, value: value() }]) })

  it('is measured in turns, and goes on without who fails', async () => {
    /** @type {string[]} */
    const order = []
    const [one, two, broken] = [
      contender('one', () => order.push('one')),
      contender('two', () => order.push('two')),
      contender('broken', () => {
        throw new Error('no compiler')
      }),
    ]
    const row = { name: 'row', title: 'A row', unit: 'ms', better: /** @type {const} */ ('lower') }
    const end = async () => void order.push('end')
    const { figures, failures } = await measure(report, { ...row, contenders: [one, broken, two], end }, 3)
    expect(order).toEqual(['one', 'two', 'one', 'two', 'one', 'two', 'end'])
    expect(broken.run).toHaveBeenCalledTimes(1)
    expect(failures).toEqual([{ name: 'broken', why: 'no compiler' }])
    expect(figures.map(({ name, all }) => [name, all])).toEqual([
      ['one', [1, 3, 5]],
      ['two', [2, 4, 6]],
    ])
  })
})

describe('the best of several ways', () => {
  /** @param {number} value */
  const gives = (value) => vi.fn(async () => value)
  const fails = vi.fn(() => Promise.reject(new Error('no compiler')))

  it.each([
    { better: /** @type {const} */ ('higher'), best: 'fast', value: 9, other: 'slow gave 2.0' },
    { better: /** @type {const} */ ('lower'), best: 'slow', value: 2, other: 'fast gave 9.0' },
  ])('is tried out first and goes on alone ($better is better)', async ({ better, best, value, other }) => {
    const ways = [
      { way: 'slow', run: gives(2) },
      { way: 'broken', run: fails },
      { way: 'fast', run: gives(9) },
    ]
    const { run } = bestOf('peer', ways, better, { against: 'ours' })
    const note = `${best}; ${other}; broken does not work here`
    expect(await run()).toEqual([{ name: 'peer', value, note, against: 'ours' }])
    expect(await run()).toEqual([{ name: 'peer', value, note, against: 'ours' }])
    expect(ways.map((way) => way.run.mock.calls.length)).toEqual(ways.map(({ way }) => (way === best ? 2 : 1)))
    fails.mockClear()
  })

  it('fails where none works, with the reasons', async () => {
    const { run } = bestOf('peer', [{ way: 'compiled', run: fails }], 'higher')
    await expect(run()).rejects.toThrow('compiled: no compiler')
  })
})
