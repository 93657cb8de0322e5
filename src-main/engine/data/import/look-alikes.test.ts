import { expect, it } from 'vitest'
import { seededRandom } from '../../random'
import { LookAlikes, looksLike } from './look-alikes'

it('finds an earlier picture that looks like one exactly where a comparison with all of them finds one', () => {
  const random = seededRandom(5)
  for (const channels of [1, 3]) {
    const known = new LookAlikes(channels, 16)
    const bases = Array.from({ length: 20 }, () => Uint8Array.from({ length: 72 * channels }, () => random.below(256)))
    const all: { constant: false; digest: ''; cells: Uint8Array }[] = []
    let alike = 0
    // More than there is room for at first, and nearly alike in a few cells, or in brightness.
    for (let n = 0; n < 300; n++) {
      const cells = Uint8Array.from(bases[random.below(20)]!)
      const lighter = random.below(7)
      for (let change = random.below(4); change > 0; change--) cells[random.below(cells.length)] = random.below(256)
      const print = {
        constant: false,
        digest: '',
        cells: cells.map((value) => Math.min(255, value + lighter)),
      } as const
      const found = known.add(print.cells)
      expect(found >= 0).toBe(all.some((other) => looksLike(other, print, channels)))
      if (found >= 0) expect(looksLike(all[found]!, print, channels)).toBe(true)
      alike += found >= 0 ? 1 : 0
      all.push(print)
    }
    expect(alike).toBeGreaterThan(50)
    expect(alike).toBeLessThan(290)
  }
})
