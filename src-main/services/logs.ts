import electronLog from 'electron-log/node'
import { describe, type Log } from '@shared/log'

const megabyte = 1024 * 1024

/**
 * Writes the log of main process, engine and windows to one file, which is kept small: its old part moves aside. The
 * terminal gets warnings and errors only, and all of it with `onConsole`.
 */
export function openLog(path: string, { onConsole }: { onConsole: boolean }): Log {
  electronLog.transports.file.setAppName('Patchwork')
  electronLog.transports.file.resolvePathFn = () => path
  electronLog.transports.file.maxSize = 4 * megabyte
  electronLog.transports.file.level = 'info'
  electronLog.transports.console.level = onConsole ? 'info' : 'warn'
  return {
    info: (text) => electronLog.info(text),
    warn: (text) => electronLog.warn(text),
    error: (text, thrown) => electronLog.error(thrown === undefined ? text : `${text}\n${describe(thrown)}`),
  }
}
