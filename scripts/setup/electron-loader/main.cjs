// @ts-check
/* eslint-disable @typescript-eslint/no-require-imports -- Electron 25 loads its app as CommonJS only */
/**
 * Stands in for Electron's default app, in a distribution that comes without one: takes the app's folder from the
 * command line and runs it as `electron FOLDER` does. Copied into the fallback Electron by set-up.
 */
const { existsSync, readFileSync, statSync } = require('node:fs')
const path = require('node:path')
const { app, dialog } = require('electron')

const VALUE_FLAGS = ['-r', '--require']

/** @param {string[]} parameters what follows the program on the command line */
function readCommandLine(parameters) {
  /** @type {string[]} */
  const preload = []
  for (let index = 0; index < parameters.length; index += 1) {
    const parameter = parameters[index] ?? ''
    if (VALUE_FLAGS.includes(parameter)) {
      preload.push(parameters[index + 1] ?? '')
      index += 1
    } else if (!parameter.startsWith('-')) {
      return { preload, folder: path.resolve(parameter) }
    }
  }
  return { preload, folder: undefined }
}

/** @param {string} target a folder with package.json, or a script */
function readApp(target) {
  if (!statSync(target).isDirectory()) return { folder: path.dirname(target), script: target, manifest: {} }
  const manifestPath = path.join(target, 'package.json')
  const manifest = existsSync(manifestPath) ? JSON.parse(readFileSync(manifestPath, 'utf8')) : {}
  return { folder: target, script: path.resolve(target, manifest.main ?? 'index.js'), manifest }
}

/**
 * Gives the app its own name, version and path, as Electron's default app does, so that its data lies where it will.
 * @param {{ folder: string, manifest: any }} found
 */
function introduce({ folder, manifest }) {
  // Electron has these, but does not list them in its types, since only its default app is meant to call them.
  const internals = /** @type {any} */ (app)
  const name = manifest.productName ?? manifest.name
  if (name) app.setName(name)
  if (manifest.version) internals.setVersion(manifest.version)
  if (manifest.desktopName) internals.setDesktopName(manifest.desktopName)
  internals.setAppPath(folder)
}

function start() {
  const { preload, folder } = readCommandLine(process.argv.slice(1))
  Object.defineProperty(process, 'defaultApp', { value: true, configurable: false, enumerable: true })
  process.env.PATCHWORK_ELECTRON_SOURCE = 'fallback'
  for (const module of preload) require(module)
  if (folder === undefined) throw new Error('Name the folder of the app to run: electron FOLDER')
  const found = readApp(folder)
  introduce(found)
  require(found.script)
}

try {
  start()
} catch (error) {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
  process.stderr.write(`${text}\n`)
  if (process.env.DISPLAY || process.env.WAYLAND_DISPLAY) dialog.showErrorBox('The app could not be started', text)
  app.exit(1)
}
