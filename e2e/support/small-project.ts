import { expect } from '@playwright/test'
import { dropFiles } from './drop-files'
import { writeIdxPair } from './idx-files'
import type { Workbench } from './workbench'

/** Opens pictures of MNIST's size and number of classes, so few that an epoch takes seconds: the first network fits. */
export async function openSmallData({ data, frame, page }: Workbench, folder: string, count: number): Promise<void> {
  await dropFiles(page, data.main, writeIdxPair(folder, 'bars', { count, side: 28, classes: 10 }))
  await expect(data.strip).toContainText('10 classes')
  await frame.expectMark('design', 'done')
}

/** Trains the network on screen for one epoch. */
export async function trainOneEpoch({ frame, train }: Workbench): Promise<void> {
  await frame.go('train')
  await train.set('Epochs', 1)
  await train.control('Start training').click()
  await train.expectState(1, 'Finished')
}
