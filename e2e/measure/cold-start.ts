import { test } from '@playwright/test'
import { folderOf } from '../fixtures'
import { Workbench } from '../support/workbench'
import { beginTraining, firstStep, openSample } from './training'
import { tellFigures } from './tell'

/** Where a person goes on with a project: the program has been here before, and its data is at hand. */
test('from the start of the program to its window, and to the first step of training', async ({}, testInfo) => {
  const userData = folderOf(testInfo, 'user-data')
  const before = await Workbench.launch({ userData })
  await openSample(before)
  await before.close()

  const startedAt = performance.now()
  const workbench = await Workbench.launch({ userData })
  const usable = performance.now() - startedAt
  await beginTraining(workbench)
  await firstStep(workbench)
  const trains = performance.now() - startedAt
  workbench.kill()
  tellFigures({ usable: usable / 1000, trains: trains / 1000 })
})
