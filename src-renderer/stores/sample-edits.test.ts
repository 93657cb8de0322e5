import { everySample, type DatasetSource, type DatasetSummary } from '@shared/data/dataset'
import type { Edit } from '@shared/data/edits'
import { AppError } from '@shared/ipc/errors'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { useDatasetStore } from './dataset'
import { useNoticesStore } from './notices'
import { useSampleEditsStore } from './sample-edits'
import { useSampleViewStore } from './sample-view'
import { installFakeBridge } from './testing/fake-bridge'
import { digits } from './testing/samples'

const mnist: DatasetSource = { kind: 'sample', id: 'mnist' }

/** Data whose log grows by a line with each edit; the last one can be undone, or what was undone done again. */
async function editing(answer: (edit: Edit) => Partial<DatasetSummary> = () => ({})) {
  let lines = 0
  const bridge = installFakeBridge({
    openDataset: () => digits({ source: mnist }),
    readRows: () => ({ rows: Uint32Array.of(4, 2, 9) }),
    editDataset: ({ edit }: { edit: Edit }) => {
      lines += 1
      const digest = { line: lines, kind: edit.kind === 'undo' ? ('remove' as const) : edit.kind, count: 2, to: '' }
      const [undo, redo] = edit.kind === 'undo' ? [null, digest] : [digest, null]
      return digits({
        source: { ...mnist, edits: { path: '/p/log', lines } },
        edits: { removed: 0, removedFromTest: 0, relabelled: 0, moved: 0, classes: 0, test: 0, undo, redo },
        ...answer(edit),
      })
    },
  })
  const [dataset, view, edits] = [useDatasetStore(), useSampleViewStore(), useSampleEditsStore()]
  await dataset.open(mnist)
  const asked = () => bridge.named('editDataset').map((input) => (input as { edit: Edit }).edit)
  return { bridge, dataset, view, edits, asked, said: () => useNoticesStore().notices }
}

beforeEach(() => setActivePinia(createPinia()))

describe('an edit', () => {
  it('is done to the selected samples and told of, with a way back', async () => {
    const { bridge, dataset, view, edits, asked, said } = await editing()
    view.chosen = new Set([7, 3, 4])
    await edits.relabel('two')
    expect(asked()).toEqual([{ kind: 'relabel', rows: [[3, 4], 7], to: 'two' }])
    expect(bridge.named('editDataset')[0]).toMatchObject({ source: mnist })
    expect(dataset.source?.edits).toEqual({ path: '/p/log', lines: 1 })
    expect(said().map(({ text }) => text)).toEqual([{ key: 'browse.done.relabel', params: { n: 3, to: 'two' } }])
    said()[0]?.action?.run()
    await expect.poll(asked).toHaveLength(2)
    expect(asked()[1]).toEqual({ kind: 'undo', line: 1 })
    await expect.poll(() => said().map(({ text }) => text?.key)).toEqual(['browse.undone.relabel'])
    await edits.redo()
    expect(asked()[2]).toEqual({ kind: 'undo', line: 2 })
  })

  it.each([
    ['restored', (edits: ReturnType<typeof useSampleEditsStore>) => edits.restore(), { kind: 'restore' }],
    ['moved', (edits: ReturnType<typeof useSampleEditsStore>) => edits.move('test'), { kind: 'move', part: 'test' }],
    ['removed', (edits: ReturnType<typeof useSampleEditsStore>) => edits.remove(), { kind: 'remove' }],
  ])('of nothing is none: %s', async (_name, run, expected) => {
    const { view, edits, asked } = await editing()
    await run(edits)
    expect(asked()).toEqual([])
    view.chosen = new Set([1])
    await run(edits)
    expect(asked()).toEqual([{ ...expected, rows: [1] }])
  })

  it('keeps the selection where its samples stay in what is shown, else the next one is selected', async () => {
    const { view, edits } = await editing()
    view.chosen = new Set([1])
    await edits.relabel('two')
    expect([...view.chosen]).toEqual([1])
    view.show({ classes: [0] })
    view.chosen = new Set([1])
    view.active = 5
    await edits.relabel('two')
    expect([view.chosen.size, view.active]).toEqual([0, 5])
    view.show({ ...everySample, marks: ['removed'] })
    view.chosen = new Set([1])
    await edits.remove()
    expect(view.chosen.size).toBe(1)
    await edits.restore()
    expect(view.chosen.size).toBe(0)
  })

  it('that is refused changes nothing and says why', async () => {
    const { dataset, view, edits, said } = await editing(() => {
      throw new AppError('edits-no-test')
    })
    view.chosen = new Set([1])
    await edits.remove()
    expect(dataset.source).toEqual(mnist)
    expect([...view.chosen]).toEqual([1])
    expect(said().map(({ error }) => error?.code)).toEqual(['edits-no-test'])
  })

  it('goes from where the one before came to', async () => {
    const { bridge, view, edits } = await editing()
    view.chosen = new Set([1])
    await Promise.all([edits.relabel('two'), edits.relabel('one')])
    expect(
      bridge.named('editDataset').map((input) => (input as { source: DatasetSource }).source.edits?.lines),
    ).toEqual([undefined, 1])
  })

  it('leaves classes that are shown by their names, wherever they stand by then', async () => {
    const { view, edits } = await editing(() => ({ classes: ['zero', 'two'], counts: { train: [5, 5], test: [1, 1] } }))
    view.show({ classes: [1, 2] })
    await edits.rename('one', 'zero')
    expect(view.filter.classes).toEqual([1])
  })

  it('can be done to all that are shown', async () => {
    const { bridge, view, edits } = await editing()
    view.show({ part: 'all', text: 'cat' })
    await edits.selectAll()
    expect(bridge.named('readRows')).toEqual([{ source: mnist, filter: view.filter, order: view.order }])
    expect([...view.chosen]).toEqual([4, 2, 9])
  })
})
