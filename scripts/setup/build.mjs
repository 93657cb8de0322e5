// @ts-check
import { join } from 'node:path'
import { SetupError } from './errors.mjs'
import { withLock } from './lock.mjs'
import { nodeModules, root, stampFolder } from './paths.mjs'
import { lastLines, run } from './run.mjs'
import { hashTree, isFresh, readStamp, writeStamp } from './stamp.mjs'

/** @typedef {import('./report.mjs').Report} Report */

/** Whatever the bundles are made from. */
const SOURCES = [
  ...['src-main', 'src-renderer', 'assets', 'package.json', 'package-lock.json'],
  ...['electron.vite.config.mts', 'vite.aliases.config.mts', 'tsconfig.base.json', 'tsconfig.json'],
]

const BUNDLES = ['main/main.js', 'main/engine.js', 'main/cli.js', 'preload/preload.js', 'renderer/index.html']

const stampPath = join(stampFolder, 'build.json')

/**
 * Builds the bundles in `out/` unless those there were built from the sources as they are now.
 * @param {Report} report
 */
export async function provideBuild(report) {
  const key = await hashTree(root, SOURCES)
  if (isFresh(await readStamp(stampPath), key)) return
  await withLock(join(stampFolder, 'build.lock'), waitingFor(report), async () => {
    if (isFresh(await readStamp(stampPath), key)) return
    report.step('Building')
    const startedAt = Date.now()
    const script = join(nodeModules, 'electron-vite', 'bin', 'electron-vite.js')
    const outcome = await run(process.execPath, [script, 'build', '--logLevel', 'warn'], { cwd: root })
    if (outcome.code !== 0) {
      throw new SetupError({
        what: 'building the program',
        why: lastLines(outcome.output.replaceAll(/^\s+at .*$/gm, ''), 20),
        fix: 'mend the source named above; `npm run build` shows the whole output',
      })
    }
    await writeStamp(stampPath, { key, files: BUNDLES.map((name) => join(root, 'out', name)), facts: {} })
    report.done('built', startedAt)
  })
}

/** @param {Report} report */
export function waitingFor(report) {
  return (/** @type {number} */ owner) => report.note(`Another set-up is at work (process ${owner}); waiting for it.`)
}
