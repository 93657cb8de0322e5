import type { Reader } from './contract'

/** All readers. The first that recognizes a file reads it, so those that need a name to be sure stand last. */
export const readers: readonly Reader[] = []
