import type { FillMode } from '@shared/training/augmentation'

/** What stands outside of a sample. */
export interface Border {
  readonly mode: FillMode
  /** Of a constant border. */
  readonly value: number
}

/** Which value of a line stands at a place that may be outside of it; -1: the border's own. */
export function indexAt(place: number, size: number, mode: FillMode): number {
  if (place >= 0 && place < size) return place
  if (mode === 'constant') return -1
  if (mode === 'edge') return place < 0 ? 0 : size - 1
  const round = 2 * size
  const inRound = place - round * Math.floor(place / round)
  return inRound < size ? inRound : round - 1 - inRound
}
