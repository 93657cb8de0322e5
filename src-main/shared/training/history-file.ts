import { z } from 'zod'
import { EpochMetrics, type RunHistory } from './metrics'

/**
 * `metrics.jsonl` of a run's folder: one JSON object a line, appended while the run trains. A step's line is
 * `{"step":1,"loss":2.3,"accuracy":0.1}`, of a network with several outputs with each one's own loss, the main one's
 * first: `"losses":[1.9,2.4]`. Steps count from 1 without gaps; an epoch's line, written when the epoch has ended, is
 * `{"epoch":{…}}`. A process that was killed may leave a last line unfinished.
 */
export const StepLine = z.object({
  step: z.int().min(1),
  loss: z.number(),
  accuracy: z.number(),
  losses: z.array(z.number()).optional(),
})
export type StepLine = z.output<typeof StepLine>

export const EpochLine = z.object({ epoch: EpochMetrics })
export type EpochLine = z.output<typeof EpochLine>

const HistoryLine = z.union([StepLine, EpochLine])

/** The lines of steps and epochs, each with its line end, as they are appended to the file. */
export function historyText(lines: readonly (StepLine | EpochLine)[]): string {
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('')
}

/**
 * What a history file holds. Reading ends at the first line that is no whole record or out of turn (an unfinished last
 * line, say): all in front of it counts.
 */
export function parseHistory(text: string): RunHistory {
  const loss: number[] = []
  const accuracy: number[] = []
  const losses: (readonly number[])[] = []
  const epochs: EpochMetrics[] = []
  for (const line of text.split('\n')) {
    const record = parseLine(line)
    if (!record) break
    if ('epoch' in record) {
      epochs.push(record.epoch)
      continue
    }
    if (record.step !== loss.length + 1) break
    loss.push(record.loss)
    accuracy.push(record.accuracy)
    losses.push(record.losses ?? [])
  }
  return {
    loss: Float32Array.from(loss),
    accuracy: Float32Array.from(accuracy),
    ...byOutput(losses),
    epochs,
  }
}

/** Each output's losses over all steps, from all outputs' losses step by step; nothing where these have none. */
export function byOutput(steps: readonly (readonly number[])[]): Pick<RunHistory, 'outputLosses'> {
  const count = steps[0]?.length ?? 0
  if (count === 0) return {}
  const outputLosses = Array.from({ length: count }, (_unused, output) => {
    return Float32Array.from(steps, (losses) => losses[output] ?? Number.NaN)
  })
  return { outputLosses }
}

function parseLine(line: string): StepLine | EpochLine | undefined {
  try {
    return HistoryLine.safeParse(JSON.parse(line)).data
  } catch {
    return undefined
  }
}
