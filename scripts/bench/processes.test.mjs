// @ts-check
import { describe, expect, it } from 'vitest'
import { peakMemory, readProcessLines, treeMemory } from './processes.mjs'

describe('the list of processes', () => {
  it.each([
    {
      text: '    1     0  17008\n   77     2      0\n',
      expected: [
        [1, 0, 17008 * 1024],
        [77, 2, 0],
      ],
    },
    { text: '', expected: [] },
    { text: 'error: no such option\n12 1\n', expected: [] },
  ])('$text', ({ text, expected }) => {
    expect(readProcessLines(text).map(({ pid, parent, bytes }) => [pid, parent, bytes])).toEqual(expected)
  })
})

describe('the memory of a process', () => {
  const processes = [
    { pid: 1, parent: 0, bytes: 1000 },
    { pid: 5, parent: 1, bytes: 10 },
    { pid: 6, parent: 5, bytes: 20 },
    { pid: 7, parent: 6, bytes: 40 },
    { pid: 8, parent: 5, bytes: 80 },
  ]

  it.each([
    [5, 150],
    [6, 60],
    [7, 40],
    [99, 0],
  ])('%i and its descendants is %i', (pid, bytes) => {
    expect(treeMemory(processes, pid)).toBe(bytes)
  })

  it.runIf(process.platform === 'linux' || process.platform === 'darwin')(
    'is followed to its highest, in a child of its own too',
    async () => {
      const held = 300 * 2 ** 20
      const inner = `const kept = Buffer.alloc(${held}, 1); setTimeout(() => kept, 1000)`
      const outer = `require('node:child_process').spawnSync(process.execPath, ['-e', ${JSON.stringify(inner)}])`
      const peak = await peakMemory(process.execPath, ['-e', outer], process.env)
      expect(peak).toBeGreaterThan(held)
      expect(peak).toBeLessThan(2 * held)
    },
    20_000,
  )

  it('of a program that fails is not told', async () => {
    const broken = ['-e', 'console.error("no such network"); process.exit(3)']
    await expect(peakMemory(process.execPath, broken, process.env)).rejects.toThrow('no such network')
  })
})
