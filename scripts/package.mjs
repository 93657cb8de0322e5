// @ts-check
import { join } from 'node:path'
import { explainFailure, refuseRelease } from './package/failures.mjs'
import { provideBuild } from './setup/build.mjs'
import { runScript } from './setup/errors.mjs'
import { setUp } from './setup/index.mjs'
import { takeDevice } from './setup/parameters.mjs'
import { nodeModules, root } from './setup/paths.mjs'
import { electronEnvironment } from './setup/provisioned.mjs'
import { createReport } from './setup/report.mjs'
import { run } from './setup/run.mjs'

const report = createReport(process.stdout)

/**
 * `npm run package -- --dir` makes a folder in `dist/` whose program runs by itself. Without `--dir` it makes what is
 * handed out (see electron-builder.yml); that needs the real Electron and hosts that closed networks refuse. Other
 * parameters (`--linux deb`, `--win`, `--mac`) go to electron-builder.
 */
await runScript(async () => {
  const { device, rest } = takeDevice(process.argv.slice(2))
  const folderOnly = rest.includes('--dir')
  const provisioned = await setUp(report, { device, electron: true, build: false })
  if (provisioned.electronSource === 'fallback' && !folderOnly) throw refuseRelease(provisioned.electronVersion)
  await provideBuild(report)
  report.step(folderOnly ? 'Packing into a folder' : 'Packing')
  const startedAt = Date.now()
  const electron = [
    `--config.electronDist=${provisioned.electronDist}`,
    `--config.electronVersion=${provisioned.electronVersion}`,
  ]
  const parameters = [join(nodeModules, 'electron-builder', 'cli.js'), '--publish', 'never', ...rest]
  const outcome = await run(process.execPath, [...parameters, ...(folderOnly ? electron : [])], {
    cwd: root,
    env: electronEnvironment(provisioned),
  })
  if (outcome.code !== 0) throw explainFailure(outcome.output)
  report.done(`packed into ${join(root, 'dist')}`, startedAt)
  return 0
})
