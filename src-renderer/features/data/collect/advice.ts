import type { CollectedClass } from '@shared/data/collection'

/** What a person may do for a better data set: a key below `collect.advice` with its values. */
export interface Advice {
  readonly key: 'one' | 'empty' | 'few' | 'uneven' | 'good'
  readonly params: Readonly<Record<string, string | number>>
}

/** With fewer samples of a class there is hardly anything to learn, and nothing to test on. */
const few = 10
/** A class of less than this share of the largest is easily passed over. */
const even = 0.5

/** The one thing that most needs to be done. */
export function adviceOf(classes: readonly CollectedClass[]): Advice {
  if (classes.length < 2) return { key: 'one', params: {} }
  const bySize = classes.map(({ name, files }) => ({ name, n: files.length })).sort((one, other) => one.n - other.n)
  const [least = { name: '', n: 0 }] = bySize
  const most = bySize.at(-1) ?? least
  if (least.n === 0) return { key: 'empty', params: { name: least.name } }
  if (least.n < few) return { key: 'few', params: { name: least.name, n: least.n, few } }
  if (least.n < most.n * even)
    return { key: 'uneven', params: { name: least.name, n: least.n, other: most.name, most: most.n } }
  return { key: 'good', params: { n: classes.length } }
}

/** Why no data set can be made now, as a message key; empty: it can. */
export function whyNotMake(classes: readonly CollectedClass[], adding: boolean): string {
  if (adding) return 'collect.whyNot.adding'
  // One to learn from and one to be tested on.
  return classes.filter(({ files }) => files.length > 1).length < 2 ? 'collect.whyNot.classes' : ''
}
