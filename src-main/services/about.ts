import os from 'node:os'
import type { AboutInfo } from '@shared/ipc/app'
import { devDependencies, version } from '../../package.json'

export interface AboutFacts {
  readonly versions: { readonly electron?: string; readonly chrome?: string; readonly node: string }
  /** What set-up says of the Electron that runs (`PATCHWORK_ELECTRON_SOURCE`). */
  readonly source: string | undefined
  readonly packaged: boolean
  readonly sandboxed: boolean
  readonly logPath: string
}

/** What runs here: for the About box and the first lines of the log. */
export function about({ versions, source, packaged, sandboxed, logPath }: AboutFacts): AboutInfo {
  const electron = versions.electron ?? ''
  return {
    version,
    electron,
    electronSource: electronSource(source, electron, packaged),
    chromium: versions.chrome ?? '',
    node: versions.node,
    platform: `${os.type()} ${os.release()} (${process.arch})`,
    sandboxed,
    logPath,
  }
}

/** Where the running Electron comes from. One that is not the version we pin is a stand-in, whatever else is said. */
export function electronSource(
  said: string | undefined,
  running: string,
  packaged: boolean,
): AboutInfo['electronSource'] {
  if (said === 'fallback' || running !== devDependencies.electron) return 'fallback'
  return packaged ? 'release' : 'package'
}
