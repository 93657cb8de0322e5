import type { EpochMetrics, MetricBatch } from '@shared/training/metrics'
import type { Translate } from '../services/texts'
import type { Numbers } from './numbers'

export interface ProgressView {
  show(batch: MetricBatch): void
  /** From now on tells beside accuracies what takes no learning: a share from 0 to 1. */
  compare(guessing: number): void
  /** Takes the line that is being written over away. */
  end(): void
}

export interface ProgressOptions {
  readonly text: Translate
  readonly numbers: Numbers
  readonly tell: (text: string) => void
  readonly columns: () => number | undefined
  readonly now?: () => number
}

const secondsBetweenLines = 5

/**
 * Shows how a run goes: on a terminal one line that is written over and over, elsewhere a line every few seconds; and
 * one line that stays for each epoch that has ended.
 */
export function progressView({ text, numbers, tell, columns, now = Date.now }: ProgressOptions): ProgressView {
  let lastLine = -Infinity
  let open = false
  let compared = ''

  function end(): void {
    if (open) tell('\r\u001b[K')
    open = false
  }

  return {
    show(batch) {
      for (const epoch of batch.epochs) {
        end()
        tell(`${epochLine(epoch, batch.progress.epochs, text, numbers)}${compared}\n`)
      }
      const width = columns()
      const line = stepLine(batch, text, numbers)
      if (line === undefined) return
      if (width !== undefined) {
        tell(`\r\u001b[K${line.slice(0, Math.max(width - 1, 0))}`)
        open = true
      } else if (now() - lastLine >= secondsBetweenLines * 1000) {
        tell(`${line}\n`)
        lastLine = now()
      }
    },
    compare(guessing) {
      compared = text('cli.progress.guessing', { accuracy: numbers.percent(guessing) })
    },
    end,
  }
}

/** `Epoch 1/5  loss 0.2104  accuracy 93.51 %  validation: loss …` */
function epochLine(epoch: EpochMetrics, epochs: number, text: Translate, numbers: Numbers): string {
  const { validationLoss, validationAccuracy } = epoch
  const trained = text('cli.progress.epoch', {
    epoch: epoch.epoch,
    epochs,
    loss: numbers.loss(epoch.loss),
    accuracy: numbers.percent(epoch.accuracy),
    time: numbers.time(epoch.seconds),
  })
  if (validationLoss === null || validationAccuracy === null) return trained
  const validated = { loss: numbers.loss(validationLoss), accuracy: numbers.percent(validationAccuracy) }
  return `${trained}${text('cli.progress.validation', validated)}`
}

/** `Epoch 2/5 ███░░░ 48 %  loss 0.0812  5,120 samples/s  1:12 left`; undefined where an epoch is just over. */
function stepLine({ loss, progress }: MetricBatch, text: Translate, numbers: Numbers): string | undefined {
  const { epoch, epochs, step, stepsPerEpoch, imagesPerSecond, secondsLeft } = progress
  const newest = loss.at(-1)
  if (newest === undefined || stepsPerEpoch === 0) return undefined
  const share = Math.min(Math.max((step - (epoch - 1) * stepsPerEpoch) / stepsPerEpoch, 0), 1)
  const filled = Math.round(share * barWidth)
  const line = text('cli.progress.step', {
    epoch,
    epochs,
    bar: '█'.repeat(filled) + '░'.repeat(barWidth - filled),
    share: numbers.count(share * 100),
    loss: numbers.loss(newest),
    rate: numbers.count(imagesPerSecond),
  })
  return secondsLeft === null ? line : `${line}${text('cli.progress.left', { time: numbers.time(secondsLeft) })}`
}

const barWidth = 20
