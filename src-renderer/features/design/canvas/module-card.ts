import type { Shape } from '@shared/layers/shape'
import type { Change, LayerChange } from '@shared/network/compare'
import type { Format } from '@/composables/format'

/** A shape with its sizes close together, so that two of them stand in one row of a card. */
export function compactShape(shape: Shape, format: Format): string {
  return shape.map((size) => format.integer(size)).join('×')
}

/** What became of a module whose layers changed: it is new where all of them are, and changed where one of them is. */
export function moduleChange(
  members: readonly string[],
  changes: ReadonlyMap<string, Pick<LayerChange, 'change'>>,
): Change | undefined {
  const found = members.flatMap((id) => changes.get(id)?.change ?? [])
  if (found.length === 0) return undefined
  if (found.length === members.length && found.every((change) => change === 'added')) return 'added'
  return found.some((change) => change === 'added' || change === 'changed') ? 'changed' : 'follows'
}
