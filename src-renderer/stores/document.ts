import { check } from '@shared/network/check'
import { emptyNetwork, type NetworkDocument } from '@shared/network/document'
import type { DataFit } from '@shared/network/fit'
import { followData as networkFor } from '@shared/network/follow-data'
import { surfaceOf } from '@shared/network/surface'
import { totals, walk } from '@shared/network/walk'
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { useDatasetStore } from './dataset'

/** One step of the history; `label` is a message key that names it in the Edit menu. */
interface Step {
  readonly label: string
  readonly before: NetworkDocument
  readonly after: NetworkDocument
  readonly mergeKey: string | undefined
}

const historyLimit = 500

/** The network that is being designed, with its history. Everything else about it is computed, never kept. */
export const useDocumentStore = defineStore('document', () => {
  const network = shallowRef<NetworkDocument>(emptyNetwork)
  const past = shallowRef<readonly Step[]>([])
  const future = shallowRef<readonly Step[]>([])
  const selection = shallowRef<readonly string[]>([])

  /** The network as it is drawn: each closed module is one card. */
  const surface = computed(() => surfaceOf(network.value))
  const facts = computed(() => walk(network.value))
  const sums = computed(() => totals(facts.value))
  const problems = computed(() => check(network.value, facts.value, useDatasetStore().fit))
  const undoLabel = computed(() => past.value.at(-1)?.label)
  const redoLabel = computed(() => future.value.at(-1)?.label)

  /**
   * Applies an edit and remembers it. Edits in a row with the same `mergeKey` (a drag, typing in one field) become one
   * step. An edit that returns the same document changes nothing.
   */
  function apply(label: string, edit: (network: NetworkDocument) => NetworkDocument, mergeKey?: string): void {
    const before = network.value
    const after = edit(before)
    if (after === before) return
    const last = past.value.at(-1)
    const merged = mergeKey !== undefined && last?.mergeKey === mergeKey && future.value.length === 0
    const step: Step = { label, before: merged && last ? last.before : before, after, mergeKey }
    past.value = [...(merged ? past.value.slice(0, -1) : past.value), step].slice(-historyLimit)
    future.value = []
    network.value = after
    dropLostSelection()
  }

  /**
   * Other data was opened: input and last layer take up its shape and classes, unless they are pinned; a template that
   * nobody has worked on makes room for one that takes such samples.
   */
  function followData(data: DataFit): void {
    apply('canvas.history.follow', (before) => networkFor(before, data))
  }

  /** Ends a row of merged edits: the next one starts a step of its own. */
  function endMerge(): void {
    const last = past.value.at(-1)
    if (last?.mergeKey !== undefined) past.value = [...past.value.slice(0, -1), { ...last, mergeKey: undefined }]
  }

  function undo(): void {
    const step = past.value.at(-1)
    if (!step) return
    past.value = past.value.slice(0, -1)
    future.value = [...future.value, step]
    network.value = step.before
    dropLostSelection()
  }

  function redo(): void {
    const step = future.value.at(-1)
    if (!step) return
    future.value = future.value.slice(0, -1)
    past.value = [...past.value, step]
    network.value = step.after
    dropLostSelection()
  }

  /** Shows another document: a new history begins. */
  function reset(next: NetworkDocument): void {
    network.value = next
    past.value = []
    future.value = []
    selection.value = []
  }

  function select(ids: readonly string[]): void {
    selection.value = ids
  }

  function dropLostSelection(): void {
    const { nodes, wires, modules = [] } = network.value
    const known = new Set([...nodes, ...wires, ...modules].map(({ id }) => id))
    if (selection.value.some((id) => !known.has(id))) selection.value = selection.value.filter((id) => known.has(id))
  }

  return {
    network,
    selection,
    surface,
    facts,
    sums,
    problems,
    undoLabel,
    redoLabel,
    apply,
    followData,
    endMerge,
    undo,
    redo,
    reset,
    select,
  }
})
