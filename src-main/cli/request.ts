import { resolve } from 'node:path'
import { AppError } from '@shared/ipc/errors'
import { augmentationsFor } from '@shared/augmentation/registry'
import type { DatasetSource, DatasetSummary } from '@shared/data/dataset'
import { shapeText } from '@shared/layers/shape'
import { check, type NetworkProblem } from '@shared/network/check'
import { nodeById, type NetworkDocument } from '@shared/network/document'
import { templateNetwork } from '@shared/network/templates'
import { walk } from '@shared/network/walk'
import type { Project } from '@shared/project/schema'
import type { Augmentation } from '@shared/training/augmentation'
import { optimizerKinds } from '@shared/training/registry'
import type { RunRequest } from '@shared/training/run'
import { initialTraining, type TrainingSettings } from '@shared/training/settings'
import type { EngineHost } from '../engine-host/host'
import { folderOf, loadProject } from '../services/project-folder'
import type { Translate } from '../services/texts'
import type { Surroundings } from './surroundings'
import type { TrainOptions } from './train'
import { dataAt } from './train-data'

/** What is trained where the options name nothing else. */
export const defaultSample = 'mnist'
export const defaultTemplate = 'lenet'

/** Puts together what is to be trained, on what and how; fails where the network cannot train on the data. */
export async function prepareRequest(
  options: TrainOptions,
  engine: EngineHost,
  surroundings: Surroundings,
): Promise<RunRequest> {
  const { folder, text } = surroundings
  const projectFolder = options.project === undefined ? undefined : folderOf(resolve(folder, options.project))
  const project = projectFolder === undefined ? undefined : await loadProject(projectFolder)
  const source = (await chosenData(options, engine, surroundings)) ?? project?.dataset ?? undefined
  if (!source && projectFolder !== undefined) throw new AppError('cli-no-data', { path: projectFolder })
  const client = await engine.client()
  const summary = await client.openDataset({ source: source ?? { kind: 'sample', id: defaultSample } })
  if (options.augment) refuseUnfitting(options.augment, summary.shape)
  const network = chosenNetwork(options, project, summary)
  const data = { shape: summary.shape, classes: summary.classes.length }
  const problems = check(network, walk(network), data)
  if (problems.length > 0) throw new AppError('cli-bad-network', { problems: problemList(problems, network, text) })
  return { network, dataset: summary.source, settings: chosenSettings(options, project?.training ?? initialTraining) }
}

/** What is named by hand must be possible; a project's augmentations that do not fit are left out by the engine. */
function refuseUnfitting({ steps }: Augmentation, shape: readonly number[]): void {
  const possible = augmentationsFor(shape).map(({ kind }) => kind)
  const wrong = steps.find(({ kind }) => !possible.includes(kind))
  if (!wrong) return
  throw new AppError('augmentation-unfit', { kind: wrong.kind, shape: shapeText(shape), possible: possible.join(', ') })
}

async function chosenData(
  options: TrainOptions,
  engine: EngineHost,
  surroundings: Surroundings,
): Promise<DatasetSource | undefined> {
  const { sample, data, images, labels, testImages, testLabels } = options
  if (sample !== undefined) return { kind: 'sample', id: sample }
  if (data !== undefined) return dataAt(data, engine, surroundings)
  if (images === undefined || labels === undefined) return undefined
  const path = (name: string) => resolve(surroundings.folder, name)
  const test =
    testImages === undefined || testLabels === undefined ? null : { images: path(testImages), labels: path(testLabels) }
  return { kind: 'idx', title: '', train: { images: path(images), labels: path(labels) }, test }
}

function chosenNetwork(options: TrainOptions, project: Project | undefined, summary: DatasetSummary): NetworkDocument {
  if (options.template === undefined && project) return project.network
  const data = { shape: summary.shape, classes: summary.classes.length }
  const name = options.template ?? defaultTemplate
  const network = templateNetwork(name, data)
  if (!network) throw new Error(`There is no template ${name}`)
  return network
}

/** The settings to start from, with what the options say otherwise. */
export function chosenSettings(options: TrainOptions, start: TrainingSettings): TrainingSettings {
  const kind = options.optimizer ?? start.optimizer.kind
  const kept = kind === start.optimizer.kind ? start.optimizer.values : {}
  const own = options.learningRate === undefined ? {} : { learningRate: options.learningRate }
  const values = optimizerKinds.get(kind)?.complete({ ...kept, ...own }) ?? { ...kept, ...own }
  return {
    optimizer: { kind, values },
    batchSize: options.batchSize ?? start.batchSize,
    epochs: options.epochs ?? start.epochs,
    seed: options.seed ?? start.seed,
    validationShare: options.validation ?? start.validationShare,
    precision: options.precision ?? start.precision,
    augmentation: options.augment ?? start.augmentation,
  }
}

/** The problems as lines, each with the layer that it is about. */
function problemList(problems: readonly NetworkProblem[], network: NetworkDocument, text: Translate): string {
  return problems
    .map(({ node, code, params }) => {
      const culprit = node === null ? undefined : nodeById(network, node)
      const name = culprit && (culprit.name || text(`layers.${culprit.kind}.title`))
      return `  ${name ? `${name} (${node}): ` : ''}${text(`problems.${code}`, params)}`
    })
    .join('\n')
}
