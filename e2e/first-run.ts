import { cpSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { firstProject } from './story'
import { root } from './support/provisioned'
import { Workbench } from './support/workbench'

const folder = process.env.PATCHWORK_FIRST_RUN_DIR ?? join(root, 'out', 'first-run')

test('the first project', async () => {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const tell = (line: string) => process.stdout.write(`${line}\n`)
  const startedAt = Date.now()
  tell('Opening the workbench')
  const workbench = await Workbench.launch({ userData: join(folder, 'user-data'), size: { width: 1440, height: 900 } })
  try {
    const outcome = await firstProject(workbench, {
      batchSize: 128,
      validation: 10,
      folder,
      tell,
      see: async (page, name) => {
        await page.mouse.move(0, 0)
        await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' })
      },
    })
    const [run = ''] = workbench.runFolders
    cpSync(run, join(folder, 'run'), { recursive: true })
    await workbench.close()
    cpSync(outcome.model, join(folder, 'model'), { recursive: true })
    rmSync(outcome.model, { recursive: true })
  } finally {
    await workbench.close()
  }
  expect(workbench.complaints.list, 'nothing was complained of').toEqual([])
  rmSync(join(folder, 'user-data'), { recursive: true })
  tell(`Done in ${Math.round((Date.now() - startedAt) / 1000)} s`)
})
