import { utilityProcess } from 'electron'
import { lineSplitter } from './lines'
import type { EngineProcess, Launch } from './process'

/** Runs the engine's bundle at `path` in an Electron utility process. */
export function utilityLaunch(path: string): Launch {
  return () => {
    const child = utilityProcess.fork(path, [], {
      serviceName: 'Patchwork engine',
      stdio: 'pipe',
      env: engineEnvironment(process.env),
      allowLoadingUnsignedLibraries: true,
    })
    const listeners = new Set<(message: unknown) => void>()
    child.on('message', (message: unknown) => {
      for (const listener of listeners) listener(message)
    })
    let alive = true
    const ended = new Promise<string>((resolve) => {
      child.once('exit', (code) => {
        alive = false
        resolve(String(code))
      })
    })
    const engine: EngineProcess = {
      get pid() {
        return child.pid
      },
      ended,
      port: {
        post(message) {
          if (alive) child.postMessage(message)
        },
        onMessage(listener) {
          listeners.add(listener)
          return () => listeners.delete(listener)
        },
        close: () => listeners.clear(),
      },
      onLine(listener) {
        child.stdout?.on('data', lineSplitter(listener))
        child.stderr?.on('data', lineSplitter(listener))
      },
      kill: () => void child.kill(),
    }
    return engine
  }
}

/** The environment without what would change how the engine's Node starts. */
export function engineEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = { ...env }
  delete kept.NODE_OPTIONS
  delete kept.ELECTRON_RUN_AS_NODE
  return kept
}
