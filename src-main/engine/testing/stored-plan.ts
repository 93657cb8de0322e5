import type { StoredPlan } from '../data/store/stored-writer'

/** What small stored data sets are made by: grey pictures of two classes. */
export const smallPlan: StoredPlan = {
  title: 'small',
  kind: 'pictures',
  classes: ['cat', 'dog'],
  shape: [2, 3, 1],
  type: 'uint8',
  divisor: 255,
  normalize: false,
  rate: null,
  making: {},
  sources: 'a',
}
