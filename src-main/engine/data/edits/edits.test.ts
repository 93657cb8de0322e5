import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { marksOf } from '@shared/data/dataset'
import { editHistory, linesInForce, rowCount, rowSet, type Edit, type EditLine } from '@shared/data/edits'
import { storedParts } from '@shared/data/stored-dataset'
import { counts, edited, editLogs, type Model } from '../../testing/edit-model'
import { appErrorOf } from '../../testing/errors'
import { temporaryFolder } from '../../testing/idx-files'
import type { SampleTable } from '../table'
import { applyEdits } from './apply'
import { readEdits } from './read-log'

let folder: ReturnType<typeof temporaryFolder>
beforeEach(() => (folder = temporaryFolder()))
afterEach(() => folder.remove())

const model: Model = {
  classes: ['cat', 'dog', 'bird'],
  samples: Array.from({ length: 20 }, (_, row) => ({
    row,
    class: ['cat', 'dog', 'bird'][(row * 7) % 3] ?? '',
    part: storedParts[(row * 5) % 3] ?? 'train',
    removed: false,
  })),
}

const table: SampleTable = {
  count: 20,
  labels: Uint8Array.from(model.samples, (one) => model.classes.indexOf(one.class)),
  parts: Uint8Array.from(model.samples, ({ part }) => storedParts.indexOf(part)),
  // The high bit is no flag: a file may hold anything.
  flags: Uint16Array.from({ length: 20 }, (_, row) => (row % 4) | 0x8030),
  stores: [],
  names: { at: () => Promise.resolve([]), each: () => Promise.resolve() },
}

const at = '2026-01-02T03:04:05.000Z'
const linesOf = (edits: readonly Edit[]): EditLine[] => edits.map((edit) => ({ at, samples: 20, edit }))

describe('edits', () => {
  it('come to what they do to a plain list, one by one', () => {
    fc.assert(
      fc.property(editLogs(model), (edits) => {
        const { classes, labels, parts, marks, summary } = applyEdits(table, model.classes, {
          path: 'log',
          lines: linesOf(edits),
        })
        const expected = edited(model, edits)
        expect(classes).toEqual(expected.classes)
        expect([...labels].map((label) => classes[label])).toEqual(expected.samples.map((one) => one.class))
        expect([...parts].map((part) => storedParts[part])).toEqual(expected.samples.map(({ part }) => part))
        expect([...marks].map((bits) => marksOf(bits).includes('removed'))).toEqual(
          expected.samples.map(({ removed }) => removed),
        )
        // What the import noticed stays.
        expect([...marks].map((bits) => bits & 15)).toEqual(model.samples.map(({ row }) => row % 4))
        expect(summary?.removed ?? 0).toBe(expected.samples.filter(({ removed }) => removed).length)
        expect(summary?.moved ?? 0).toBe(
          expected.samples.filter(({ part }, row) => part !== model.samples[row]?.part).length,
        )
        expect(table.flags?.[3]).toBe(3 | 0x8030)
      }),
      { numRuns: 300 },
    )
  })

  it('count unless a later line that counts takes them back', () => {
    fc.assert(
      fc.property(editLogs(model, 20), (edits) => {
        expect(linesInForce(edits)).toEqual(edits.map((_edit, n) => counts(edits, n)))
      }),
    )
  })

  it('are taken back and done again as in any editor', () => {
    const step = fc.constantFrom('edit', 'undo', 'redo')
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const edits: Edit[] = []
        // The editor: states by number, and where in their list one is.
        let states: (readonly number[])[] = [[]]
        let now = 0
        for (const one of steps) {
          const { undo, redo } = editHistory(edits)
          expect([undo.length, redo.length]).toEqual([now, states.length - 1 - now])
          const line = (one === 'undo' ? undo : redo).at(-1)?.line
          if (one === 'edit') {
            edits.push({ kind: 'remove', rows: [edits.length % 20] })
            states = [...states.slice(0, now + 1), [...(states[now] ?? []), edits.length]]
            now += 1
          } else if (line !== undefined) {
            edits.push({ kind: 'undo', line })
            now += one === 'undo' ? -1 : 1
          }
          const inForce = linesInForce(edits).flatMap((counted, n) =>
            counted && edits[n]?.kind !== 'undo' ? [n + 1] : [],
          )
          expect(inForce).toEqual(states[now])
        }
      }),
    )
  })

  it('tell what they come to, and of the test part apart', () => {
    const of = (...edits: Edit[]) => applyEdits(table, model.classes, { path: 'log', lines: linesOf(edits) }).summary
    const [test = 0, other = 0] = model.samples.filter(({ part }) => part === 'test').map(({ row }) => row)
    const train = model.samples.find(({ part }) => part === 'train')?.row ?? 0
    expect(of({ kind: 'remove', rows: [test, train] })).toMatchObject({ removed: 2, removedFromTest: 1, test: 1 })
    expect(of({ kind: 'move', rows: [test, other], part: 'train' })).toMatchObject({ moved: 2, test: 2 })
    expect(of({ kind: 'rename', from: 'cat', to: 'feline' })).toMatchObject({ classes: 1, relabelled: 0 })
    // A class that becomes part of another takes its samples along; none of them is edited by itself.
    expect(of({ kind: 'rename', from: 'cat', to: 'dog' })).toMatchObject({ classes: 1, relabelled: 0 })
    expect(of({ kind: 'relabel', rows: [[0, 4]], to: 'new' })).toMatchObject({
      undo: { line: 1, kind: 'relabel', count: 5, to: 'new' },
      redo: null,
    })
    expect(of({ kind: 'move', rows: [3], part: 'test' }, { kind: 'undo', line: 1 })).toMatchObject({
      moved: 0,
      undo: null,
      redo: { line: 2, kind: 'move', count: 1, to: 'test' },
    })
  })

  it.each<[string, Edit[], number, RegExp]>([
    ['a row that is not there', [{ kind: 'remove', rows: [3, [18, 20]] }], 1, /no sample 20 among 20/],
    ['a class that is not there', [{ kind: 'rename', from: 'fish', to: 'cat' }], 1, /no class fish/],
    ['a later line taken back', [{ kind: 'undo', line: 1 }], 1, /no line 1 before it/],
  ])('cannot be %s', (_what, edits, line, message) => {
    try {
      applyEdits(table, model.classes, { path: 'log', lines: linesOf(edits) })
      expect.unreachable()
    } catch (thrown) {
      expect(thrown).toMatchObject({ code: 'edits-damaged', params: { path: 'log', line } })
      expect(String(thrown)).toMatch(message)
    }
  })

  it('made for another number of samples are refused', () => {
    const lines = linesOf([{ kind: 'remove', rows: [1] }]).map((line) => ({ ...line, samples: 21 }))
    expect(() => applyEdits(table, model.classes, { path: 'log', lines })).toThrowError(
      expect.objectContaining({ code: 'edits-other-source', params: { path: 'log', line: 1, samples: 21, found: 20 } }),
    )
  })
})

describe('a log', () => {
  const path = () => join(folder.path, 'log.jsonl')
  const good = linesOf([
    { kind: 'remove', rows: [1, [3, 5]] },
    { kind: 'relabel', rows: [0], to: 'кот' },
  ])
  const text = good.map((line) => `${JSON.stringify(line)}\n`).join('')

  it.each([
    ['as it was written', text, 2],
    ['with a last line that was cut while it was written', `${text}{"at":"2026-0`, 2],
    ['with later edits that are damaged', `${text}nonsense\n`, 2],
    ['of which only some lines count', text, 1],
    ['whose last line has no end', text.slice(0, -1), 2],
  ])('is read %s', async (_what, content, lines) => {
    writeFileSync(path(), content)
    expect(await readEdits({ path: path(), lines })).toEqual({ path: path(), lines: good.slice(0, lines) })
  })

  it.each([
    ['that is not there', undefined, 1, 'edits-missing', {}],
    ['with too few lines', text, 3, 'edits-cut', { lines: 3, found: 2 }],
    ['with a line that was cut', `${text}{"at":"2026-0`, 3, 'edits-damaged', { line: 3 }],
    ['with a line that is no JSON', `nonsense\n${text}`, 2, 'edits-damaged', { line: 1 }],
    [
      'with a line that is no edit',
      `${text}{"at":"${at}","samples":20,"edit":{"kind":"burn"}}\n`,
      3,
      'edits-damaged',
      { line: 3 },
    ],
    ['with rows the wrong way round', text.replace('[3,5]', '[5,3]'), 1, 'edits-damaged', { line: 1 }],
  ])('%s is refused and says where', async (_what, content, lines, code, params) => {
    if (content !== undefined) writeFileSync(path(), content)
    expect(await appErrorOf(readEdits({ path: path(), lines }))).toMatchObject({
      code,
      params: { path: path(), ...params },
    })
  })
})

describe('a set of rows', () => {
  it('names them shortly, whatever their order', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(60), { minLength: 1 }), (rows) => {
        const set = rowSet(rows)
        expect(rowCount(set)).toBe(rows.length)
        const named = set.flatMap((one) =>
          typeof one === 'number' ? [one] : Array.from({ length: one[1] - one[0] + 1 }, (_, n) => one[0] + n),
        )
        expect(named).toEqual([...rows].sort((a, b) => a - b))
      }),
    )
    expect(rowSet([5, 3, 4, 9])).toEqual([[3, 5], 9])
  })
})
