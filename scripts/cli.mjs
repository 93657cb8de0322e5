// @ts-check
import { join } from 'node:path'
import { runScript } from './setup/errors.mjs'
import { setUp } from './setup/index.mjs'
import { root } from './setup/paths.mjs'
import { createReport } from './setup/report.mjs'
import { runVisibly } from './setup/run.mjs'

/**
 * `npm run cli -- ...`: the command line. Set-up speaks on standard error only, since the last line on standard output
 * is the command's result.
 */
await runScript(async () => {
  await setUp(createReport(process.stderr), {})
  const script = join(root, 'out', 'main', 'cli.js')
  return runVisibly(process.execPath, [script, ...process.argv.slice(2)], { input: 'inherit' })
})
