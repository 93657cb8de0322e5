import { app, utilityProcess, type Details, type UtilityProcess } from 'electron'
import { lineSplitter } from './lines'
import type { EngineProcess, Launch, ProcessEnd } from './process'

const serviceName = 'Patchwork engine'

/** Runs the engine's bundle at `path` in an Electron utility process. */
export function utilityLaunch(path: string): Launch {
  return () => {
    const child = utilityProcess.fork(path, [], {
      serviceName,
      stdio: 'pipe',
      env: engineEnvironment(process.env),
      allowLoadingUnsignedLibraries: true,
    })
    const listeners = new Set<(message: unknown) => void>()
    child.on('message', (message: unknown) => {
      for (const listener of listeners) listener(message)
    })
    let alive = true
    child.once('exit', () => {
      alive = false
    })
    const ended = endOf(child)
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

/**
 * The end of a utility process. Its exit code alone does not tell a killed process from one that ended well (seen in
 * Electron 25), so this waits a moment for the event that brings the reason, which comes just before or after.
 */
function endOf(child: UtilityProcess): Promise<ProcessEnd> {
  return new Promise((resolve) => {
    function hear(_event: unknown, details: Details): void {
      if (details.name === serviceName) finish(`${details.reason}, ${details.exitCode}`, details.reason === 'killed')
    }
    function finish(reason: string, killed: boolean): void {
      app.off('child-process-gone', hear)
      resolve({ reason, killed })
    }
    app.on('child-process-gone', hear)
    child.once('exit', (code) => setTimeout(() => finish(`exit code ${code}`, false), 200))
  })
}

/** The environment without what would change how the engine's Node starts. */
export function engineEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = { ...env }
  delete kept.NODE_OPTIONS
  delete kept.ELECTRON_RUN_AS_NODE
  return kept
}
