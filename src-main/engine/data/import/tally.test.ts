import { expect, it } from 'vitest'
import { Tally } from './tally'

it('counts files by size and rate, and goes on from what a journal was told', () => {
  const sound = (frames: number, rate: number) => ({ shape: [frames, 1], rate, notes: [] })
  const note = { code: 'first-frame', params: {}, warns: false }
  const first = new Tally()
  first.use(sound(8000, 8000), 1)
  first.use(sound(8000, 16_000), 1)
  first.use({ shape: [4, 4, 3], notes: [note] }, 2)
  const news = first.take()
  expect(first.take()).toMatchObject({ used: 4, sizes: [], notes: {} })
  const second = new Tally(news)
  second.use(sound(8000, 16_000), 1)
  expect(second.used).toBe(5)
  expect(second.sizes).toEqual([
    { shape: [8000, 1], rate: 16_000, count: 2 },
    { shape: [8000, 1], rate: 8000, count: 1 },
    { shape: [4, 4, 3], count: 1 },
  ])
  expect([...second.notes]).toEqual([['first-frame', 1]])
})
