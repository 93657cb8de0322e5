import { resolve } from 'node:path'
import type { NetworkDocument } from '@shared/network/document'
import { templateNetwork } from '@shared/network/templates'
import type { Precision, TrainingPath } from '@shared/training/precision'
import { folderOf, loadProject } from '../services/project-folder'
import { withEngine } from './engine'
import { numbersIn } from './numbers'
import { defaultTemplate } from './request'
import { exitCodes, type Surroundings } from './surroundings'

export interface SpeedOptions {
  readonly template?: string
  readonly project?: string
  readonly batchSize: number
  readonly steps: number
  readonly path: TrainingPath
  readonly precision: Precision
  readonly json?: boolean
  readonly verbose?: boolean
}

/** Measures how fast a network trains here, on made-up samples; gives the exit code. */
export async function measureSpeed(options: SpeedOptions, surroundings: Surroundings): Promise<number> {
  const { text, out, locale } = surroundings
  const network = await chosenNetwork(options, surroundings.folder)
  const { batchSize, steps, path, precision } = options
  const speed = await withEngine(surroundings, options.verbose ?? false, async (engine) =>
    (await engine.client()).measureSpeed({ network, batchSize, steps, path, precision }),
  )
  if (options.json) {
    out(`${JSON.stringify({ ...speed, path, precision, batchSize, steps })}\n`)
    return exitCodes.done
  }
  const numbers = numbersIn(locale)
  const figures = {
    rate: numbers.count(speed.samplesPerSecond),
    step: numbers.count(speed.millisecondsPerStep),
    gathering: numbers.percent(speed.gatheringShare),
    memory: numbers.count(speed.memory / 2 ** 20),
  }
  out(`${text('cli.speed.line', { ...figures, how: text(`train.compute.paths.${path}`), precision })}\n`)
  return exitCodes.done
}

async function chosenNetwork({ template, project }: SpeedOptions, folder: string): Promise<NetworkDocument> {
  if (project !== undefined) return (await loadProject(folderOf(resolve(folder, project)))).network
  const network = templateNetwork(template ?? defaultTemplate)
  if (!network) throw new Error(`There is no template ${template}`)
  return network
}
