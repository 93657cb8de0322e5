// @ts-check
import { join } from 'node:path'
import { nodeModules, root } from '../setup/paths.mjs'
import { electronEnvironment } from '../setup/provisioned.mjs'
import { npm } from '../setup/run.mjs'
import { countPlaywright, countVitest } from './counts.mjs'

/** @typedef {import('./counts.mjs').Counts} Counts */
/** @typedef {import('../setup/provisioned.mjs').Provisioned} Provisioned */

/**
 * One part of `npm test`. `group` is its name for `--only`; `count` reads the report the program leaves, if it leaves
 * one.
 * @typedef {{
 *   group: string,
 *   title: string,
 *   program: string,
 *   parameters: string[],
 *   env?: NodeJS.ProcessEnv,
 *   display?: boolean,
 *   report?: string,
 *   count?: (report: unknown) => Counts,
 * }} Stage
 */

export const GROUPS = ['lint', 'types', 'unit', 'engine', 'package', 'e2e']

/** Where the package stage leaves a program, by platform; the end-to-end tests run that program too. */
const PACKAGED = {
  linux: 'dist/linux-unpacked/patchwork',
  win32: 'dist/win-unpacked/Patchwork.exe',
  darwin: `dist/mac${process.arch === 'arm64' ? '-arm64' : ''}/Patchwork.app/Contents/MacOS/Patchwork`,
}

/**
 * All stages in their order.
 * @param {Provisioned} provisioned
 * @param {string} reports folder for the programs' reports
 * @returns {Stage[]}
 */
export function listStages(provisioned, reports) {
  return [
    npmScript('lint', 'Lint'),
    npmScript('types', 'Types'),
    vitest('unit', 'Unit tests', ['unit', 'renderer'], join(reports, 'unit.json'), {}),
    ...engineStages(provisioned, reports),
    {
      group: 'package',
      title: 'Package',
      program: process.execPath,
      parameters: [join('scripts', 'package.mjs'), '--dir'],
    },
    {
      group: 'e2e',
      title: 'End to end, in the window',
      program: process.execPath,
      parameters: [
        join(nodeModules, '@playwright', 'test', 'cli.js'),
        ...['test', '--config', join('e2e', 'playwright.config.ts'), '--reporter', 'list,json'],
      ],
      env: {
        ...electronEnvironment(provisioned, {}),
        PLAYWRIGHT_JSON_OUTPUT_NAME: join(reports, 'e2e.json'),
        PATCHWORK_PACKAGED: packagedProgram(),
      },
      display: true,
      report: join(reports, 'e2e.json'),
      count: countPlaywright,
    },
  ]
}

/**
 * The engine's tests run on the Node that is here, and the engine's own process once more on both ends of what
 * Electron brings: the oldest Node (Electron 25's) and the newest (current Electron's).
 * @param {Provisioned} provisioned
 * @param {string} reports
 * @returns {Stage[]}
 */
function engineStages({ electronPath, electronVersion, node24 }, reports) {
  const projects = ['engine']
  const stages = [
    vitest('engine', `Engine, on Node ${process.versions.node}`, projects, join(reports, 'engine.json'), {}),
  ]
  const asNode = { PATCHWORK_ENGINE_EXEC: electronPath, ELECTRON_RUN_AS_NODE: '1' }
  const title = `Engine, on the Node in Electron ${electronVersion}`
  stages.push(vitest('engine', title, projects, join(reports, 'engine-electron.json'), asNode))
  if (node24) {
    const env = { PATCHWORK_ENGINE_EXEC: node24 }
    stages.push(vitest('engine', 'Engine, on Node 24', projects, join(reports, 'engine-node24.json'), env))
  }
  return stages
}

/**
 * @param {string} group
 * @param {string} title
 * @returns {Stage}
 */
function npmScript(group, title) {
  const { program, first } = npm()
  return { group, title, program, parameters: [...first, 'run', '--silent', group] }
}

/**
 * @param {string} group
 * @param {string} title
 * @param {readonly string[]} projects
 * @param {string} report
 * @param {NodeJS.ProcessEnv} env
 * @returns {Stage}
 */
function vitest(group, title, projects, report, env) {
  const chosen = projects.flatMap((project) => ['--project', project])
  return {
    group,
    title,
    program: process.execPath,
    parameters: [
      join(nodeModules, 'vitest', 'vitest.mjs'),
      ...['run', ...chosen, '--reporter', 'default', '--reporter', 'json', `--outputFile.json=${report}`],
    ],
    env: { TF_CPP_MIN_LOG_LEVEL: '2', ...env },
    report,
    count: countVitest,
  }
}

function packagedProgram() {
  const path = Object.entries(PACKAGED).find(([platform]) => platform === process.platform)?.[1]
  return path && join(root, path)
}
