import { statfs } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import type { Room } from '@shared/data/import-plan'
import { isMissing } from '../../files'

/** How much room there is on the disk on which a path lies or will lie, in bytes. */
export async function roomAt(path: string): Promise<Room> {
  const target = resolve(path)
  try {
    const { bavail, blocks, bsize } = await statfs(target)
    return { free: bavail * bsize, size: blocks * bsize }
  } catch (thrown) {
    if (isMissing(thrown) && dirname(target) !== target) return roomAt(dirname(target))
    // Where the system does not tell, the disk itself will.
    return { free: Number.MAX_SAFE_INTEGER, size: Number.MAX_SAFE_INTEGER }
  }
}
