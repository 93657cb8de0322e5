import type { Preprocessing } from './preprocessing'

export type FileKind = 'pictures' | 'sounds' | 'volumes'

/** What files a network's samples were made of: a picture of a sound is a sound still. */
export function fileKindOf({ shape, sound }: Pick<Preprocessing, 'shape' | 'sound'>): FileKind {
  if (sound || shape.length <= 2) return 'sounds'
  return shape.length === 3 ? 'pictures' : 'volumes'
}
