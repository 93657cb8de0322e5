import { fork } from 'node:child_process'
import { lineSplitter } from './lines'
import type { Launch, ProcessEnd } from './process'

/**
 * Runs the engine's bundle at `path` as a child of plain Node. `detached` puts it in a process group of its own, so
 * that Ctrl+C in a terminal reaches only the parent, which then stops the run in order.
 */
export function childLaunch(path: string, { detached = false } = {}): Launch {
  return () => {
    const child = fork(path, [], { serialization: 'advanced', silent: true, detached })
    const ended = new Promise<ProcessEnd>((resolve) => {
      child.once('error', (error) => resolve({ reason: error.message, killed: false }))
      // `close` comes when all that it wrote has arrived, its last words included.
      child.once('close', (code, signal) =>
        resolve({ reason: signal ?? `exit code ${code}`, killed: signal === 'SIGKILL' }),
      )
    })
    return {
      pid: child.pid,
      ended,
      port: {
        post(message) {
          // The callback takes what `send` has to say of a child that is gone; `ended` tells the rest.
          if (child.connected && typeof message === 'object' && message !== null) child.send(message, () => undefined)
        },
        onMessage(listener) {
          child.on('message', listener)
          return () => child.off('message', listener)
        },
        close: () => child.removeAllListeners('message'),
      },
      onLine(listener) {
        child.stdout?.on('data', lineSplitter(listener))
        child.stderr?.on('data', lineSplitter(listener))
      },
      kill: () => void child.kill(),
    }
  }
}
