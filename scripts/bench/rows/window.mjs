// @ts-check
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { hasDisplay, withVirtualDisplay } from '../../setup/display.mjs'
import { nodeModules, root } from '../../setup/paths.mjs'
import { electronEnvironment } from '../../setup/provisioned.mjs'
import { runCall, withFolder } from '../contenders.mjs'

/** @typedef {import('../measure.mjs').Reading} Reading */
/** @typedef {import('../measure.mjs').Row} Row */
/** @typedef {import('../../setup/provisioned.mjs').Provisioned} Provisioned */

/**
 * From the start of the program to its window, and to the first step of a run in it.
 * @param {Provisioned} provisioned
 * @returns {Row}
 */
export function coldStartRow(provisioned) {
  const shown = [
    ['usable', 'a window that can be used'],
    ['trains', 'the first step of training, by a click'],
  ]
  return {
    name: 'cold-start',
    title: `From the start of the program, Electron ${provisioned.electronVersion}`,
    unit: 's',
    better: 'lower',
    contenders: [
      {
        name: 'the program',
        run: async () => {
          const figures = await walk(provisioned, 'cold-start.ts')
          return shown.map(([key = '', name = '']) => ({ name, value: figureOf(figures, key), against: name }))
        },
      },
    ],
  }
}

/**
 * How late frames and answers to inputs come while a run trains, and at rest.
 * @param {Provisioned} provisioned
 * @returns {Row}
 */
export function windowRow(provisioned) {
  const shown = [
    ['slowestFrame', 'slowest frame'],
    ['slowestInput', 'slowest input, until painted'],
    ['medianInput', 'median input, until painted'],
  ]
  return {
    name: 'window',
    title: `The window while it trains, Electron ${provisioned.electronVersion}`,
    unit: 'ms',
    better: 'lower',
    contenders: [
      {
        name: 'the window',
        run: async () => {
          const figures = await walk(provisioned, 'responsiveness.ts')
          return shown.flatMap(([key = '', what = '']) => {
            const atRest = `${what}, at rest`
            return [
              { name: what, value: figureOf(figures, key), against: atRest },
              { name: atRest, value: figureOf(figures, `${key}AtRest`), against: atRest },
            ]
          })
        },
      },
    ],
  }
}

/**
 * Walks through the program's window by Playwright; gives the figures that the walk told.
 * @param {Provisioned} provisioned
 * @param {string} file in `e2e/measure`
 * @returns {Promise<unknown>}
 */
function walk(provisioned, file) {
  const playwright = join(nodeModules, '@playwright', 'test', 'cli.js')
  const config = join(root, 'e2e', 'measure', 'measure.config.ts')
  const parameters = [playwright, 'test', '--config', config, file]
  /** @param {NodeJS.ProcessEnv} shown */
  const walked = (shown) =>
    withFolder(async (folder) => {
      const figures = join(folder, 'figures.json')
      const env = { ...electronEnvironment(provisioned, shown), PATCHWORK_FIGURES: figures }
      await runCall({ program: process.execPath, parameters, env })
      return JSON.parse(await readFile(figures, 'utf8'))
    })
  return hasDisplay() ? walked(process.env) : withVirtualDisplay(walked)
}

/**
 * @param {unknown} figures
 * @param {string} key
 */
function figureOf(figures, key) {
  const value = typeof figures === 'object' && figures !== null ? Reflect.get(figures, key) : undefined
  if (typeof value !== 'number') throw new Error(`the walk through the window told no figure "${key}"`)
  return value
}
