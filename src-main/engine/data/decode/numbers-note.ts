import type { Note, Values } from './contract'

/** A warning where values are no numbers: one of them is enough to ruin a training. */
export function numbersNote(values: Values): Note[] {
  if (!(values instanceof Float32Array || values instanceof Float64Array)) return []
  let count = 0
  for (let n = 0; n < values.length; n++) if (!Number.isFinite(values[n])) count++
  return count > 0 ? [{ code: 'not-numbers', params: { count }, warns: true }] : []
}
