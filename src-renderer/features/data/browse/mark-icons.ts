import type { SampleMark } from '@shared/data/dataset'

/** The sign of each mark, in the filter's menu and on samples. */
export const markIcons: Readonly<Record<SampleMark, string>> = {
  duplicate: 'copy',
  'near-duplicate': 'blend',
  'across-parts': 'split',
  constant: 'square-dashed',
  edited: 'pencil',
  removed: 'trash-2',
}
