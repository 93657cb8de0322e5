// @ts-check
import { rm } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { hasDisplay, withVirtualDisplay } from './setup/display.mjs'
import { checkSandbox, electronFlags } from './setup/electron-flags.mjs'
import { runScript } from './setup/errors.mjs'
import { setUp } from './setup/index.mjs'
import { takeDevice } from './setup/parameters.mjs'
import { nodeModules, root } from './setup/paths.mjs'
import { electronEnvironment } from './setup/provisioned.mjs'
import { createReport } from './setup/report.mjs'
import { runVisibly } from './setup/run.mjs'

/** @typedef {import('./setup/provisioned.mjs').Provisioned} Provisioned */

const report = createReport(process.stdout)
const { device, rest } = takeDevice(process.argv.slice(2))

/**
 * `npm start`: sets up what is missing and opens the workbench; without a display, drives the first project in a
 * virtual one. Parameters after `--` go to the program.
 */
await runScript(async () => {
  const display = hasDisplay()
  const provisioned = await setUp(report, { device, window: true, virtualDisplay: !display })
  await checkSandbox(provisioned.electronDist)
  return display ? openWindow(provisioned) : driveFirstProject(provisioned)
})

/** @param {Provisioned} provisioned */
async function openWindow(provisioned) {
  const flags = electronFlags()
  for (const { flag, reason } of flags) report.note(`${flag}: ${reason}`)
  const parameters = [...flags.map(({ flag }) => flag), root, ...rest]
  return runVisibly(provisioned.electronPath, parameters, { cwd: root, env: electronEnvironment(provisioned) })
}

/** @param {Provisioned} provisioned */
async function driveFirstProject(provisioned) {
  const folder = join(root, 'out', 'first-run')
  report.step('No display here (neither DISPLAY nor WAYLAND_DISPLAY is set)')
  report.note(
    'The workbench opens in a virtual display, and its first project is driven by the controls a person uses.',
  )
  await rm(folder, { recursive: true, force: true })
  const script = join(nodeModules, '@playwright', 'test', 'cli.js')
  const code = await withVirtualDisplay((shown) => {
    const env = { ...electronEnvironment(provisioned, shown), PATCHWORK_FIRST_RUN_DIR: folder }
    const parameters = [script, 'test', '--config', join('e2e', 'first-run.config.ts'), ...rest]
    return runVisibly(process.execPath, parameters, { cwd: root, env })
  })
  if (code === 0) report.note(`Screenshots, the run and the exported model are in ${relative(process.cwd(), folder)}`)
  return code
}
