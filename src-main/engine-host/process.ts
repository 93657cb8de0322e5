import type { Port } from '@shared/ipc/port'

/** How a process came to its end. */
export interface ProcessEnd {
  /** A signal's name, an exit code, or the system's word with a code. */
  readonly reason: string
  /** Someone else ended it at once (a person, or the system for want of memory): its last words tell nothing. */
  readonly killed: boolean
}

/** A process that runs the engine, whatever started it. */
export interface EngineProcess {
  readonly pid: number | undefined
  readonly port: Port
  /** Resolves once the process is gone. */
  readonly ended: Promise<ProcessEnd>
  /** Hears each line that the process writes to its standard output and error. */
  onLine(listener: (line: string) => void): void
  /** Asks the process to end. */
  kill(): void
}

/** Starts an engine process; throws where it cannot be started at all. */
export type Launch = () => EngineProcess

/** Ends a process for certain: asks first, and kills it where it has not gone after `patience` milliseconds. */
export async function waitForExit(engine: EngineProcess, patience: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), patience)
  })
  engine.kill()
  const first = await Promise.race([engine.ended, late])
  clearTimeout(timer)
  if (first === 'late' && engine.pid !== undefined) {
    try {
      process.kill(engine.pid, 'SIGKILL')
    } catch {
      // Gone between the two lines: what was wanted.
    }
    await engine.ended
  }
}
