import type { Log } from '@shared/log'
import { startHost, type EngineHost } from '../engine-host/host'
import type { Surroundings } from './surroundings'

/** Runs `work` with an engine that is gone afterwards. What it says is shown with `--verbose` only, errors always. */
export async function withEngine<T>(
  surroundings: Surroundings,
  verbose: boolean,
  work: (engine: EngineHost) => Promise<T>,
): Promise<T> {
  const log: Log = {
    info: (text) => verbose && surroundings.tell(`${text}\n`),
    warn: (text) => surroundings.tell(`${text}\n`),
    error: (text) => verbose && surroundings.tell(`${text}\n`),
  }
  const engine = startHost({ launch: surroundings.launch, log, restartDelays: [] })
  engine.on('log', ({ level, text }) => log[level](text))
  try {
    return await work(engine)
  } finally {
    await engine.stop()
  }
}
