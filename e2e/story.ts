import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Locator, type Page } from '@playwright/test'
import { workspaces } from './pages/frame'
import { readBar, type LookPage } from './pages/look'
import { dropFiles } from './support/drop-files'
import { testPicture } from './support/mnist'
import { greyPng } from './support/png'
import type { Workbench } from './support/workbench'

export interface StoryOptions {
  readonly batchSize: number
  /** Percent of the training pictures that are held out; the network learns from the others. */
  readonly validation: number
  /** Where own files and the exported model go. */
  readonly folder: string
  /** Hears of each step and of what was seen. */
  readonly tell?: (line: string) => void
  /** Looks at the window after each step. */
  readonly see?: (page: Page, name: string) => Promise<void>
}

export interface StoryOutcome {
  readonly stepsTrained: number
  readonly testAccuracy: number
  /** The exported model's folder. */
  readonly model: string
  /** What the network made of the person's own picture. */
  readonly own: Guess
  /** What it made of a test picture that it got wrong, where no probability is near one. */
  readonly wrong: Guess
}

/** A picture of MNIST's test part by its place, and the best guess for it as the window shows it. */
export interface Guess {
  readonly index: number
  readonly name: string
  readonly probability: number
}

const chapters = 8
const tfjs = 'TensorFlow.js LayersModel'

/** The picture of MNIST's test part that plays the person's own. */
const ownIndex = 17

/**
 * The first project of a person who has read nothing, by the controls they use: sample data, a layer dragged in, one
 * epoch, curves and filters meanwhile, right and wrong guesses, an own picture, the export. Expects what they expect.
 */
export async function firstProject(workbench: Workbench, options: StoryOptions): Promise<StoryOutcome> {
  const { tell = () => {}, see = () => Promise.resolve() } = options
  let chapter = 0
  const begin = (what: string) => tell(`${++chapter}/${chapters} ${what}`)

  begin('Data: the sample set MNIST')
  await openSample(workbench)
  await see(workbench.page, 'data')

  begin('Design: an activation, dragged onto a wire')
  await dragLayerIn(workbench)
  await see(workbench.page, 'design')

  begin('Training: one epoch')
  await startTraining(workbench, options)
  await watchCurves(workbench)
  await see(workbench.page, 'train')

  begin('Looking inside while it trains: the filters change')
  await watchFilters(workbench)
  await workbench.frame.go('train')
  await workbench.train.expectState(1, 'Finished', 300_000)
  const testAccuracy = await readTestAccuracy(workbench)
  tell(`    epoch 1: ${await workbench.train.result()}`)
  await see(workbench.page, 'trained')

  begin('Looking inside: the filters of the trained network')
  const stepsTrained = await lookAtFilters(workbench)
  await see(workbench.page, 'filters')

  begin('Looking inside: right and wrong guesses, and an own picture')
  const { own, wrong } = await lookAtGuesses(workbench, options.folder)
  tell(`    the own picture is a ${own.name}, says the network with ${Math.round(own.probability * 100)} %`)
  await see(workbench.page, 'guesses')

  begin(`Export: ${tfjs}, opened again and compared`)
  const { model, proof } = await exportModel(workbench, options.folder)
  tell(`    ${proof}`)
  await see(workbench.page, 'export')

  begin('All workspaces in the dark')
  await inTheDark(workbench, see)
  return { stepsTrained, testAccuracy, model, own, wrong }
}

async function openSample({ data, frame }: Workbench): Promise<void> {
  await data.sampleSet('MNIST handwritten digits').click()
  await expect(data.part('Training')).toContainText('60,000', { timeout: 60_000 })
  await expect(data.part('Test')).toContainText('10,000')
  await expect(data.classBars('Training')).toHaveCount(10)
  await data.sample(0).click()
  await expect(frame.inspector).toContainText('28 × 28 × 1')
}

async function dragLayerIn({ design, frame }: Workbench): Promise<void> {
  await frame.go('design')
  await design.dragOntoWire('Activation', 'Max pooling 2-D (2)', 'Flatten')
  await expect(design.wire('Max pooling 2-D (2)', 'Activation')).toHaveCount(1)
  await expect(design.wire('Activation', 'Flatten')).toHaveCount(1)
  await expect(design.card('Dense (1)')).toHaveAccessibleName('Dense (1), 500, 400,500 parameters, no problems')
  await frame.expectMark('design', 'done')
}

async function startTraining({ frame, train }: Workbench, options: StoryOptions): Promise<void> {
  await frame.go('train')
  await train.set('Epochs', 1)
  await train.set('Batch size', options.batchSize)
  await train.set('Validation', options.validation)
  await train.control('Start training').click()
  await expect.poll(() => train.stepsDone(), { timeout: 90_000 }).toBeGreaterThan(2)
}

async function watchCurves({ frame, train }: Workbench): Promise<void> {
  await expect(train.charts).toBeVisible()
  const before = await train.curves()
  await expect.poll(() => train.curves(), { message: 'the curves move' }).not.toBe(before)
  await frame.expectMark('train', 'running')
}

/** The window answers within the epoch: another workspace opens, and its pictures follow the training. */
async function watchFilters({ frame, look }: Workbench): Promise<void> {
  await frame.go('look')
  await look.show('Filters')
  await expect(look.filters).toHaveCount(20)
  const [picture, step] = [await look.filterPixels(), await look.filterStep()]
  await expect.poll(() => look.filterStep(), { message: 'the filters follow the training' }).toBeGreaterThan(step)
  await expect.poll(() => look.filterPixels()).not.toBe(picture)
  await frame.expectMark('train', 'running')
}

async function readTestAccuracy({ frame }: Workbench): Promise<number> {
  const text = await frame.status.getByText(/test accuracy/).innerText()
  return Number(/test accuracy ([\d.]+)/.exec(text)?.[1]) / 100
}

async function lookAtFilters({ frame, look }: Workbench): Promise<number> {
  await frame.go('look')
  await look.show('Filters')
  await expect(look.filters).toHaveCount(20)
  await look.filters.first().click()
  await expect(frame.inspector).toContainText('Filter 1')
  return look.filterStep()
}

async function lookAtGuesses({ look, page }: Workbench, folder: string): Promise<Record<'own' | 'wrong', Guess>> {
  await look.show('Best guesses')
  await expect(look.cards(look.right)).toHaveCount(4, { timeout: 30_000 })
  await expect(look.cards(look.wrong)).toHaveCount(4)
  await expect(look.bars(look.cards(look.wrong).first())).toHaveCount(5)
  for (const card of await look.cards(look.right).all()) await expect(card).toHaveAccessibleName(/says so with/)
  for (const card of await look.cards(look.wrong).all()) await expect(card).toHaveAccessibleName(/but the network says/)
  const first = await look.cards(look.right).first().getAttribute('aria-label')
  await page.getByRole('button', { name: 'Draw others' }).click()
  await expect(look.cards(look.right).first()).not.toHaveAttribute('aria-label', first ?? '', { timeout: 30_000 })

  const picture = join(folder, 'my-digit.png')
  writeFileSync(picture, greyPng(testPicture(ownIndex).pixels, 28, 28))
  await dropFiles(page, look.main, [picture])
  await expect(look.ownBars).toHaveCount(5)
  await expect(look.own).toContainText('my-digit.png')
  return {
    own: { index: ownIndex, ...(await readBar(look.ownBars.first())) },
    wrong: await readCard(look, look.cards(look.wrong).first()),
  }
}

async function readCard(look: LookPage, card: Locator): Promise<Guess> {
  const place = /^Test sample ([\d,]+):/.exec((await card.getAttribute('aria-label')) ?? '')?.[1]
  // Samples are numbered through the whole data set: those of the test part follow the 60,000 to learn from.
  return { index: Number(place?.replaceAll(',', '')) - 60_000, ...(await readBar(look.bars(card).first())) }
}

async function exportModel(workbench: Workbench, folder: string): Promise<{ model: string; proof: string }> {
  const { frame, export: exports } = workbench
  await workbench.answerDialogs([folder])
  await frame.go('export')
  await exports.button(tfjs).click()
  const proof = exports.formats.getByText(/max difference .* on 10 samples/)
  await expect(proof).toBeVisible({ timeout: 60_000 })
  await expect(exports.files.filter({ hasText: 'model.json' })).toHaveCount(1)
  await expect(exports.files.filter({ hasText: 'labels.json' })).toHaveCount(1)
  await expect(exports.files.filter({ hasText: 'preprocessing.json' })).toHaveCount(1)
  const model = await exports.made.getByText(folder).innerText()
  return { model, proof: (await proof.innerText()).trim() }
}

async function inTheDark({ frame, page }: Workbench, see: NonNullable<StoryOptions['see']>): Promise<void> {
  await frame.command('Theme: dark')
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  for (const workspace of workspaces) {
    await frame.go(workspace)
    await see(page, `${workspace}-dark`)
  }
  await frame.command('Theme: light')
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light')
}
