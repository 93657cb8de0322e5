import type { ImportProgress } from '@shared/data/import'
import type { EngineHost } from '../engine-host/host'
import { numbersIn } from './numbers'
import type { Surroundings } from './surroundings'

const secondsBetweenLines = 5

/** Shows how far an import is while `work` is under way, which Ctrl+C cancels by the signal. */
export async function withProgress<T>(
  engine: EngineHost,
  surroundings: Surroundings,
  work: (signal: AbortSignal, line: ProgressLine) => Promise<T>,
): Promise<T> {
  const line = progressLine(surroundings)
  const cancel = new AbortController()
  const stopProgress = engine.on('importProgress', line.show)
  const stopInterrupt = surroundings.onInterrupt(() => cancel.abort())
  try {
    return await work(cancel.signal, line)
  } finally {
    line.end()
    stopProgress()
    stopInterrupt()
  }
}

export type ProgressLine = ReturnType<typeof progressLine>

/** How far an import is: one line that is written over on a terminal; elsewhere a line every few seconds. */
function progressLine({ text, tell, columns, locale }: Surroundings) {
  const numbers = numbersIn(locale)
  let open = false
  let told = 0
  let reached = 0
  return {
    /** How many files were done when it was last told. */
    done: () => reached,
    show({ done, total, seconds, resumed }: ImportProgress) {
      if (reached === 0 && resumed > 0) {
        tell(`${text('import.resumed', { done: numbers.count(resumed), total: numbers.count(total) })}\n`)
      }
      reached = done
      if (done === resumed) return
      const rate = (done - resumed) / Math.max(seconds, 1e-3)
      const values = { done: numbers.count(done), total: numbers.count(total), rate: numbers.count(rate) }
      const left = rate > 0 && done < total ? text('import.left', { time: numbers.time((total - done) / rate) }) : ''
      const line = text('import.progress', values) + left
      if (columns() !== undefined) {
        tell(`\r\u001b[K${line}`)
        open = true
      } else if (seconds - told >= secondsBetweenLines) {
        tell(`${line}\n`)
        told = seconds
      }
    },
    end() {
      if (open) tell('\r\u001b[K')
      open = false
    },
  }
}
