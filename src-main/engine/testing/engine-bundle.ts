import { execFileSync, fork, type ChildProcess } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { connect, type Connection } from '@shared/ipc/client'
import { engine, type EngineContract } from '@shared/ipc/engine'
import type { Port } from '@shared/ipc/port'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const bundle = join(root, 'out', 'main', 'engine.js')

/** Builds the bundles if the engine's is missing or older than its sources; `npm test` has just done so. */
export function provideEngineBundle(): void {
  if (process.env['PATCHWORK_ENGINE_EXEC']) return
  const sources = ['engine', 'shared'].map((name) => newest(join(root, 'src-main', name)))
  if (existsSync(bundle) && statSync(bundle).mtimeMs > Math.max(...sources)) return
  const electronVite = join(dirname(createRequire(import.meta.url).resolve('electron-vite/package.json')), 'bin')
  const parameters = [join(electronVite, 'electron-vite.js'), 'build', '--logLevel', 'warn']
  execFileSync(process.execPath, parameters, { cwd: root, stdio: 'inherit' })
}

function newest(path: string): number {
  const times = readdirSync(path, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !entry.name.includes('.test.') && !entry.parentPath.endsWith('testing'))
    .map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs)
  return Math.max(...times)
}

/** An engine in a process of its own, as the program and the command line start it. */
export interface ForkedEngine extends Connection<EngineContract> {
  readonly child: ChildProcess
  /** Settles with the exit code, or the signal that ended it. */
  readonly ended: Promise<number | string | null>
}

/** Starts the bundle on the Node that is named by `PATCHWORK_ENGINE_EXEC`, else on this one. */
export function forkEngine(): ForkedEngine {
  const execPath = process.env['PATCHWORK_ENGINE_EXEC'] ?? process.execPath
  const child = fork(bundle, [], { execPath, execArgv: [], serialization: 'advanced', silent: true })
  const ended = new Promise<number | string | null>((resolve) => {
    child.once('exit', (code, signal) => resolve(signal ?? code))
  })
  const port: Port = {
    post: (message) => void child.send(Object(message), () => undefined),
    onMessage(listener) {
      child.on('message', listener)
      return () => child.off('message', listener)
    },
    close: () => child.disconnect(),
  }
  return { ...connect(engine, port), child, ended }
}
