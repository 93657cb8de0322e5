// @ts-check
import { join } from 'node:path'
import { nodeModules } from '../setup/paths.mjs'
import { electronEnvironment } from '../setup/provisioned.mjs'
import { npm, run } from '../setup/run.mjs'
import { countPlaywright, countVitest } from './counts.mjs'

/** @typedef {import('./counts.mjs').Counts} Counts */
/** @typedef {import('../setup/provisioned.mjs').Provisioned} Provisioned */

/**
 * One part of `npm test`. `group` is its name for `--only`; `count` reads the report the program leaves, if it leaves
 * one. Stages in a row that are `beside` each other run at the same time: each keeps one core busy.
 * @typedef {{
 *   group: string,
 *   title: string,
 *   program: string,
 *   parameters: string[],
 *   env?: NodeJS.ProcessEnv,
 *   display?: boolean,
 *   beside?: boolean,
 *   report?: string,
 *   count?: (report: unknown) => Counts,
 * }} Stage
 */

export const GROUPS = ['lint', 'types', 'unit', 'engine', 'training', 'package', 'e2e']

/**
 * All stages in their order.
 * @param {Provisioned} provisioned
 * @param {string} reports folder for the programs' reports
 * @param {string | undefined} oracle the Python that the engine's tests compare with
 * @returns {Promise<Stage[]>}
 */
export async function listStages(provisioned, reports, oracle) {
  return [
    npmScript('lint', 'Lint'),
    npmScript('types', 'Types'),
    vitest('unit', 'Unit tests', ['unit', 'renderer'], join(reports, 'unit.json'), {}),
    ...(await engineStages(provisioned, reports, oracle)),
    vitest('training', 'Training to the end', ['training'], join(reports, 'training.json'), {}),
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
      },
      display: true,
      report: join(reports, 'e2e.json'),
      count: countPlaywright,
    },
  ]
}

/**
 * Stages in their order, those together that run at the same time.
 * @param {readonly Stage[]} stages
 * @returns {Stage[][]}
 */
export function stagesAtOnce(stages) {
  /** @type {Stage[][]} */
  const batches = []
  for (const stage of stages) {
    const batch = batches.at(-1)
    if (stage.beside && batch?.[0]?.beside) batch.push(stage)
    else batches.push([stage])
  }
  return batches
}

/**
 * The engine's tests run on the Node that is here, and once more on both ends of what Electron brings: the Node in the
 * provisioned Electron, and Node 24, the one in current Electron.
 * @param {Provisioned} provisioned
 * @param {string} reports
 * @param {string | undefined} oracle
 * @returns {Promise<Stage[]>}
 */
async function engineStages({ electronPath, electronVersion, node24 }, reports, oracle) {
  // What is held to Keras hangs on no Node: once is enough.
  const here = {
    name: 'engine',
    title: 'Engine',
    exec: process.execPath,
    env: {},
    projects: ['engine', 'oracle'],
  }
  const electron = {
    name: 'engine-electron',
    title: `Engine, in Electron ${electronVersion}`,
    exec: electronPath,
    env: { ELECTRON_RUN_AS_NODE: '1' },
    projects: ['engine'],
  }
  const newest = node24 ? [{ name: 'engine-node24', title: 'Engine', exec: node24, env: {}, projects: ['engine'] }] : []
  return Promise.all(
    [here, electron, ...newest].map(async ({ name, title, exec, env, projects }) => {
      const version = await nodeVersion(exec, env)
      const chosen = {
        ...env,
        PATCHWORK_ENGINE_EXEC: exec,
        PATCHWORK_EXPECTED_NODE: version,
        ...(oracle ? { PATCHWORK_ORACLE: oracle } : {}),
      }
      return vitest('engine', `${title}, on Node ${version}`, projects, join(reports, `${name}.json`), chosen)
    }),
  )
}

/**
 * @param {string} exec
 * @param {NodeJS.ProcessEnv} env
 */
async function nodeVersion(exec, env) {
  const { stdout } = await run(exec, ['-p', 'process.versions.node'], { env: { ...process.env, ...env } })
  return stdout.trim()
}

/**
 * @param {string} group
 * @param {string} title
 * @returns {Stage}
 */
function npmScript(group, title) {
  const { program, first } = npm()
  return { group, title, program, parameters: [...first, 'run', '--silent', group], beside: true }
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
      ...['--import', new URL('workers-elsewhere.mjs', import.meta.url).href],
      join(nodeModules, 'vitest', 'vitest.mjs'),
      ...['run', ...chosen, '--reporter', 'default', '--reporter', 'json', `--outputFile.json=${report}`],
    ],
    env: { TF_CPP_MIN_LOG_LEVEL: '2', ...env },
    report,
    count: countVitest,
  }
}
