import { stat } from 'node:fs/promises'
import { AppError } from '@shared/ipc/errors'
import { isWithin } from './project-folder'

/** The system's file manager. */
export interface FileManager {
  /** Opens a folder; gives the system's complaint, empty where there is none. */
  openFolder(path: string): Promise<string>
  /** Shows a file, marked, in its folder. */
  showFile(path: string): void
}

/**
 * Shows a folder or a file in the system's file manager, if it lies in one of the allowed folders: what a window may
 * name is of the open project, of an export or of the log. Nothing is ever run.
 */
export async function showFolder(path: string, allowed: readonly string[], manager: FileManager): Promise<void> {
  if (!allowed.some((folder) => isWithin(folder, path))) throw new AppError('folder-refused', { path })
  const found = await stat(path).catch(() => undefined)
  if (!found) throw new AppError('folder-missing', { path })
  if (!found.isDirectory()) {
    manager.showFile(path)
    return
  }
  const complaint = await manager.openFolder(path)
  if (complaint) throw new AppError('folder-not-opened', { path, detail: complaint })
}
