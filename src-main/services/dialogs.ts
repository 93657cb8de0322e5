import { join } from 'node:path'
import { app, BrowserWindow, dialog, type OpenDialogOptions, type SaveDialogOptions } from 'electron'
import type { Translate } from './texts'

/** The system's own dialogs. Each answers null where the person cancelled. */
export interface Dialogs {
  openProject(): Promise<string | null>
  /** `name`: how to call the new folder, if the person wants nothing else. */
  saveProjectAs(name: string): Promise<string | null>
  dataFiles(): Promise<string[] | null>
  /** A folder of files, since no system's dialog offers both. */
  dataFolder(): Promise<string[] | null>
  exportFolder(): Promise<string | null>
  /** Where to write a file, called `name` if the person wants nothing else. */
  textFile(name: string): Promise<string | null>
}

export function createDialogs(text: () => Translate): Dialogs {
  async function open(options: OpenDialogOptions): Promise<string[] | null> {
    const parent = BrowserWindow.getFocusedWindow()
    const answer = await (parent ? dialog.showOpenDialog(parent, options) : dialog.showOpenDialog(options))
    return answer.canceled || answer.filePaths.length === 0 ? null : answer.filePaths
  }

  async function save(options: SaveDialogOptions): Promise<string | null> {
    const parent = BrowserWindow.getFocusedWindow()
    const answer = await (parent ? dialog.showSaveDialog(parent, options) : dialog.showSaveDialog(options))
    return answer.canceled || !answer.filePath ? null : answer.filePath
  }

  return {
    async openProject() {
      const title = text()('menu.dialogs.openProject')
      return (await open({ title, properties: ['openDirectory'] }))?.[0] ?? null
    },
    saveProjectAs(name) {
      const title = text()('menu.dialogs.saveProjectAs')
      const nameFieldLabel = text()('menu.dialogs.projectFolder')
      const defaultPath = join(app.getPath('documents'), name)
      return save({ title, nameFieldLabel, defaultPath, properties: ['createDirectory'] })
    },
    dataFiles() {
      return open({ title: text()('menu.dialogs.dataFiles'), properties: ['openFile', 'multiSelections'] })
    },
    dataFolder() {
      return open({ title: text()('menu.dialogs.dataFolder'), properties: ['openDirectory'] })
    },
    async exportFolder() {
      const title = text()('menu.dialogs.exportFolder')
      const buttonLabel = text()('menu.dialogs.exportHere')
      return (await open({ title, buttonLabel, properties: ['openDirectory', 'createDirectory'] }))?.[0] ?? null
    },
    textFile(name) {
      const title = text()('menu.dialogs.textFile')
      const defaultPath = join(app.getPath('documents'), name)
      return save({ title, defaultPath, properties: ['createDirectory', 'showOverwriteConfirmation'] })
    },
  }
}
