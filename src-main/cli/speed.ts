import type { Augmentation } from '@shared/training/augmentation'
import type { Precision, TrainingPath } from '@shared/training/precision'
import { chosenNetwork } from './chosen-network'
import { withEngine } from './engine'
import { numbersIn } from './numbers'
import { exitCodes, type Surroundings } from './surroundings'

export interface SpeedOptions {
  readonly template?: string
  readonly project?: string
  readonly batchSize: number
  readonly steps: number
  readonly path: TrainingPath
  readonly precision: Precision
  readonly augment?: Augmentation
  readonly json?: boolean
  readonly verbose?: boolean
}

/** Measures how fast a network trains here, on made-up samples; gives the exit code. */
export async function measureSpeed(options: SpeedOptions, surroundings: Surroundings): Promise<number> {
  const { text, out, locale } = surroundings
  const network = await chosenNetwork(options, surroundings.folder)
  const { batchSize, steps, path, precision, augment } = options
  const request = { network, batchSize, steps, path, precision, ...(augment ? { augmentation: augment } : {}) }
  const speed = await withEngine(surroundings, options.verbose ?? false, async (engine) =>
    (await engine.client()).measureSpeed(request),
  )
  if (options.json) {
    out(`${JSON.stringify({ ...speed, path, precision, batchSize, steps })}\n`)
    return exitCodes.done
  }
  const numbers = numbersIn(locale)
  const figures = {
    rate: numbers.count(speed.samplesPerSecond),
    step: numbers.count(speed.millisecondsPerStep),
    waiting: numbers.percent(speed.waitingShare),
    memory: numbers.count(speed.memory / 2 ** 20),
  }
  out(`${text('cli.speed.line', { ...figures, how: text(`train.compute.paths.${path}`), precision })}\n`)
  return exitCodes.done
}
