/**
 * A framework may need several layers, one behind another, for one layer of a network: one that has its weights, and
 * layers without weights in front of it and behind it. Their names are its own with a mark, so that whoever reads the
 * model can put them together again: `batch_normalization_1.before.0`.
 */
export type Marked<Layer> = Layer & { readonly mark?: string }

/** All layers that stand for one, in order, marked but for the layer itself. */
export function inOrder<Layer extends object>(
  before: readonly Layer[],
  itself: Layer,
  after: readonly Layer[],
): readonly Marked<Layer>[] {
  const marked = (side: string) => (layer: Layer, n: number) => ({ ...layer, mark: markOf(side, n) })
  return [...before.map(marked('before')), itself, ...after.map(marked('after'))]
}

/** What is added to a layer's name for those in front of it (`before`) and behind it (`after`), counted from 0. */
export function markOf(side: string, n: number): string {
  return `.${side}.${n}`
}
