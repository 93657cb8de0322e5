import { expect } from '@playwright/test'
import type { Workbench } from '../support/workbench'

/** Opens MNIST, for the network that a new project has. */
export async function openSample({ data, frame }: Workbench): Promise<void> {
  await data.sampleSet('MNIST handwritten digits').click()
  await expect(data.part('Training')).toContainText('60,000')
  await frame.expectMark('design', 'done')
}

/** Starts a run that outlasts every measurement. */
export async function beginTraining({ frame, train }: Workbench): Promise<void> {
  await frame.go('train')
  await train.set('Epochs', 50)
  await train.control('Start training').click()
}

/** Waits until the window shows that a step was taken. */
export async function firstStep({ train }: Workbench): Promise<void> {
  await train.main
    .getByText(/step [1-9]/)
    .first()
    .waitFor()
}
