// @ts-check
import { existsSync } from 'node:fs'
import { cp, realpath, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { addonPackage } from '../setup/addon.mjs'
import { collectNotices, formatNotices } from './notices.mjs'

/**
 * Called by electron-builder on the finished folder of a package. Adds the licences of all that is in it; on Linux,
 * removes the fallback Electron's loader, which would be run instead of the packed program (Electron's own distribution
 * has none), and adds NVIDIA's libraries where the TensorFlow that was provisioned looks for them.
 * @param {{
 *   appOutDir: string,
 *   electronPlatformName: string,
 *   packager: { getResourcesDir(appOutDir: string): string },
 * }} context
 */
export default async function finishFolder({ appOutDir, electronPlatformName, packager }) {
  const notices = join(packager.getResourcesDir(appOutDir), 'THIRD-PARTY-NOTICES.txt')
  await writeFile(notices, formatNotices(await collectNotices()))
  if (electronPlatformName !== 'linux') return
  const resources = join(appOutDir, 'resources')
  await rm(join(resources, 'app'), { recursive: true, force: true })
  const nvidia = join(await realpath(join(addonPackage, 'deps', 'lib')), '..', 'nvidia')
  if (!existsSync(nvidia)) return
  const deps = join(resources, 'app.asar.unpacked', 'node_modules', '@tensorflow', 'tfjs-node-gpu', 'deps')
  await cp(nvidia, join(deps, 'nvidia'), { recursive: true })
}
