// @ts-check
import { existsSync } from 'node:fs'
import { cp, realpath, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { addonPackage } from '../setup/addon.mjs'

/**
 * Called by electron-builder on the finished folder of a Linux package. Removes the fallback Electron's loader, which
 * would be run instead of the packed program (Electron's own distribution has none), and adds NVIDIA's libraries where
 * the TensorFlow that was provisioned looks for them.
 * @param {{ appOutDir: string, electronPlatformName: string }} context
 */
export default async function finishFolder({ appOutDir, electronPlatformName }) {
  if (electronPlatformName !== 'linux') return
  const resources = join(appOutDir, 'resources')
  await rm(join(resources, 'app'), { recursive: true, force: true })
  const nvidia = join(await realpath(join(addonPackage, 'deps', 'lib')), '..', 'nvidia')
  if (!existsSync(nvidia)) return
  const deps = join(resources, 'app.asar.unpacked', 'node_modules', '@tensorflow', 'tfjs-node-gpu', 'deps')
  await cp(nvidia, join(deps, 'nvidia'), { recursive: true })
}
