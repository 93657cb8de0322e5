// @ts-check
import { hasDisplay } from './setup/display.mjs'
import { runScript } from './setup/errors.mjs'
import { setUp } from './setup/index.mjs'
import { takeDevice } from './setup/parameters.mjs'
import { createReport } from './setup/report.mjs'

const report = createReport(process.stdout)

/** `npm run setup`: provides all that start, test and the command line need, and runs nothing. */
await runScript(async () => {
  const { device, rest } = takeDevice(process.argv.slice(2))
  const build = !rest.includes('--no-build')
  const provisioned = await setUp(report, { device, window: true, virtualDisplay: !hasDisplay(), tests: true, build })
  const electron = `Electron ${provisioned.electronVersion} (${provisioned.electronSource})`
  report.note(`Ready: ${electron}, TensorFlow for ${provisioned.device}.`)
  return 0
})
