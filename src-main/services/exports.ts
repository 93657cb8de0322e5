import { rmdir } from 'node:fs/promises'
import type { ExportFormat, ExportReport } from '@shared/ipc/look'
import type { Log } from '@shared/log'
import type { EngineHost } from '../engine-host/host'
import { folderName, makeFolder } from './project-folder'

export interface ExportsOptions {
  readonly engine: Pick<EngineHost, 'client'>
  readonly runFolder: (id: string) => string
  readonly projectName: () => Promise<string>
  readonly chooseFolder: () => Promise<string | null>
  readonly log: Log
}

export interface Exports {
  /** Asks where to, and exports into a new folder there; null: the person cancelled. */
  run(id: string, format: ExportFormat): Promise<ExportReport | null>
  /** The folders of the exports made since the program started. */
  folders(): readonly string[]
}

/** Takes trained networks out of the program. */
export function createExports({ engine, runFolder, projectName, chooseFolder, log }: ExportsOptions): Exports {
  const made: string[] = []
  return {
    async run(id, format) {
      const chosen = await chooseFolder()
      if (chosen === null) return null
      const name = await projectName()
      const target = await makeFolder(chosen, `${folderName(name)} ${id}`)
      try {
        const report = await (await engine.client()).exportModel({ directory: runFolder(id), format, target, name })
        log.info(`Exported run ${id} as ${format} to ${target}`)
        made.push(target)
        return report
      } catch (thrown) {
        // Goes only where the export left nothing in it.
        await rmdir(target).catch(() => undefined)
        throw thrown
      }
    },
    folders: () => made,
  }
}
