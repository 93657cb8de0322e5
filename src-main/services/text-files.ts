import { writeAtomic } from './atomic-file'
import type { Dialogs } from './dialogs'

/** Asks where to, and writes a text there as it is; gives the file's path, or null where the person cancelled. */
export async function saveText(dialogs: Pick<Dialogs, 'textFile'>, name: string, text: string): Promise<string | null> {
  const path = await dialogs.textFile(name)
  if (path !== null) await writeAtomic(path, text)
  return path
}
