import { rowCount, rowSet, type Edit, type EditDigest } from '@shared/data/edits'
import type { StoredPart } from '@shared/data/stored-dataset'
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { useDatasetStore } from './dataset'
import { useNoticesStore } from './notices'
import { useSampleViewStore } from './sample-view'

/** What a person does to the samples that are selected. Each step can be taken back, also after the next start. */
export const useSampleEditsStore = defineStore('sample-edits', () => {
  const dataset = useDatasetStore()
  const view = useSampleViewStore()
  const notices = useNoticesStore()

  /** What is being asked of the person: a class for the selected samples, or another name for a class. */
  const asking = shallowRef<'relabel' | { readonly rename: string } | null>(null)

  let told = 0

  const undoable = computed(() => dataset.summary?.edits?.undo ?? null)
  const redoable = computed(() => dataset.summary?.edits?.redo ?? null)
  const removedShown = computed(() => view.filter.marks.includes('removed'))

  /** Makes an edit and tells of it, with a way back; a failure becomes a notice. */
  async function make(edit: Exclude<Edit, { kind: 'undo' }>): Promise<void> {
    const done = await notices.attempt(() => dataset.edit(edit))
    if (!done) return
    if (!staysShown(edit)) view.forget()
    const line = dataset.summary?.edits?.undo?.line
    tell(doneKey(edit.kind, edit.kind === 'move' ? edit.part : ''), wordsOf(edit), {
      label: 'browse.undo',
      run: () => void (undoable.value?.line === line && undo()),
    })
  }

  /** Of a row of edits the last one is told of alone. */
  function tell(...words: Parameters<typeof notices.done>): void {
    notices.dismiss(told)
    told = notices.done(...words)
  }

  /** Whether the samples of an edit stay where they are in what is shown. */
  function staysShown(edit: Edit): boolean {
    const { filter, order } = view
    if (edit.kind === 'remove') return removedShown.value
    if (edit.kind === 'restore') return !removedShown.value
    if (edit.kind === 'relabel') return filter.classes.length === 0 && order.by !== 'class'
    return edit.kind === 'move' ? filter.part === 'all' || filter.part === edit.part : true
  }

  const rows = () => rowSet(view.chosen)
  const any = () => view.chosen.size > 0

  async function relabel(to: string): Promise<void> {
    if (any()) await make({ kind: 'relabel', rows: rows(), to })
  }

  async function remove(): Promise<void> {
    if (any()) await make({ kind: 'remove', rows: rows() })
  }

  async function restore(): Promise<void> {
    if (any()) await make({ kind: 'restore', rows: rows() })
  }

  async function move(part: StoredPart): Promise<void> {
    if (any()) await make({ kind: 'move', rows: rows(), part })
  }

  async function rename(from: string, to: string): Promise<void> {
    if (from !== to) await make({ kind: 'rename', from, to })
  }

  async function turn(digest: EditDigest | null, key: (digest: EditDigest) => string): Promise<void> {
    if (!digest) return
    const done = await notices.attempt(() => dataset.edit({ kind: 'undo', line: digest.line }))
    if (!done) return
    view.forget()
    tell(key(digest), { n: digest.count, to: digest.to })
  }

  const undo = (): Promise<void> => turn(undoable.value, ({ kind }) => `browse.undone.${kind}`)
  const redo = (): Promise<void> => turn(redoable.value, ({ kind, to }) => doneKey(kind, to))

  /** Selects all samples that are shown, read or not. */
  async function selectAll(): Promise<void> {
    const { filter, order } = view
    const all = await notices.attempt(() => dataset.rows({ filter, order }))
    if (all && filter === view.filter) view.chosen = new Set(all)
  }

  return {
    asking,
    undoable,
    redoable,
    removedShown,
    relabel,
    remove,
    restore,
    move,
    rename,
    undo,
    redo,
    selectAll,
  }
})

function wordsOf(edit: Edit): Record<string, string | number> {
  const to = 'to' in edit ? edit.to : ''
  return 'rows' in edit ? { n: rowCount(edit.rows), to } : { to }
}

/** The message that tells of an edit; parts have words of their own in each language. */
function doneKey(kind: EditDigest['kind'], part: string): string {
  return kind === 'move' ? `browse.done.move.${part}` : `browse.done.${kind}`
}
