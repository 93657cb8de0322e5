import type { Graph } from './graph'
import type { Saver } from './proto'
import type { Variables } from './variables'

/**
 * Adds what reads all weights from a tensor bundle, by their names, and writes them to one. A graph without weights
 * needs no such thing: undefined.
 */
export function addSaver(graph: Graph, variables: Variables): Saver | undefined {
  const { weights } = variables
  if (weights.length === 0) return undefined
  const count = [weights.length]
  const types = { dtypes: { types: weights.map(() => 'float32' as const) } }
  const usual = graph.constant({ dtype: 'string', shape: [], texts: ['model'] }, 'save/usual_path')
  const text = { dtype: { type: 'string' }, shape: { shape: [] } } as const
  const path = graph.op('PlaceholderWithDefault', [usual], text, { name: 'save/path' })
  const names = graph.constant({ dtype: 'string', shape: count, texts: weights.map(({ name }) => name) }, 'save/names')
  // Whole tensors, no slices of them.
  const slices = graph.constant({ dtype: 'string', shape: count, texts: weights.map(() => '') }, 'save/slices')

  const read = weights.map((weight) => variables.read(weight))
  const save = graph.op('SaveV2', [path, names, slices, ...read], types, { name: 'save/save' })
  const saved = graph.op('Identity', [path], {}, { name: 'save/saved', after: [save.node] })
  const restored = graph.op('RestoreV2', [path, names, slices], types, { name: 'save/restore', dtype: 'float32' })
  const assigned = weights.map((weight, output) => variables.assign(weight, { ...restored, output }))
  const restore = graph.op('NoOp', [], {}, { name: 'save/restore_all', after: assigned })
  return { path, saved, restore: restore.node }
}
