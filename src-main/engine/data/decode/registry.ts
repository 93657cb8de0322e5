import { arrayReaders } from './array/readers'
import type { Reader } from './contract'
import { pictureReaders } from './picture/readers'
import { soundReaders } from './sound/readers'

/** All readers. The first that recognizes a file reads it, so those that need a name to be sure stand last. */
export const readers: readonly Reader[] = [...pictureReaders, ...soundReaders, ...arrayReaders]
