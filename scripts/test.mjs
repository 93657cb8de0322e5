// @ts-check
import { mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { hasDisplay, withVirtualDisplay } from './setup/display.mjs'
import { runScript, SetupError } from './setup/errors.mjs'
import { setUp } from './setup/index.mjs'
import { takeDevice } from './setup/parameters.mjs'
import { root } from './setup/paths.mjs'
import { createReport } from './setup/report.mjs'
import { run, runVisibly } from './setup/run.mjs'
import { addCounts, countStage } from './test/counts.mjs'
import { provideOracle } from './test/oracle.mjs'
import { GROUPS, listStages, stagesAtOnce } from './test/stages.mjs'
import { formatCounts, formatTable } from './test/summary.mjs'

/** @typedef {import('./test/stages.mjs').Stage} Stage */
/** @typedef {import('./test/summary.mjs').Result} Result */

const report = createReport(process.stdout)

/** `npm test`: sets up what is missing, then runs all stages, or those of `--only unit,e2e`, and sums them up. */
await runScript(async () => {
  const { device, rest } = takeDevice(process.argv.slice(2))
  const groups = readOnly(rest)
  const virtualDisplay = !hasDisplay()
  const provisioned = await setUp(report, { device, window: true, virtualDisplay, tests: true })
  const reports = join(root, 'out', 'test-reports')
  await rm(reports, { recursive: true, force: true })
  await mkdir(reports, { recursive: true })
  const oracle = groups.includes('engine') ? await readyOracle() : undefined
  const stages = (await listStages(provisioned, reports, oracle)).filter(({ group }) => groups.includes(group))
  /** @type {Result[]} */
  const results = []
  const stop = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => stop.abort())
  for (const batch of stagesAtOnce(stages)) {
    if (stop.signal.aborted) break
    const [first] = batch
    if (batch.length > 1) results.push(...(await Promise.all(batch.map((stage) => runBeside(stage, stop.signal)))))
    else if (first) results.push(await runStage(first))
  }
  const total = addCounts(results.map(({ counts }) => counts))
  process.stdout.write(`\n${formatTable(results)}\n\n${formatCounts(total)}\n`)
  return total.failed === 0 && !stop.signal.aborted ? 0 : 1
})

/** The Python that the engine's tests compare with; says why there is none. */
async function readyOracle() {
  const oracle = await provideOracle(report)
  if ('python' in oracle) return oracle.python
  report.note(`The tests that compare with TensorFlow in Python are left out: ${oracle.missing}`)
  return undefined
}

/**
 * @param {readonly string[]} parameters
 * @returns {readonly string[]}
 */
function readOnly(parameters) {
  if (parameters.length === 0) return GROUPS
  const [first = '', second = '', ...others] = parameters
  const list = first.startsWith('--only=') ? first.slice('--only='.length) : first === '--only' ? second : ''
  const groups = list.split(',')
  if (list !== '' && others.length === 0 && groups.every((group) => GROUPS.includes(group))) return groups
  throw new SetupError({
    what: 'reading what to test',
    why: `"${parameters.join(' ')}" is not understood; the stages are ${GROUPS.join(', ')}`,
    fix: 'npm test -- --only unit,engine   (or plain npm test, for all)',
  })
}

/**
 * @param {Stage} stage
 * @returns {Promise<Result>}
 */
async function runStage(stage) {
  process.stdout.write('\n')
  report.step(stage.title)
  const startedAt = Date.now()
  /** @param {NodeJS.ProcessEnv} env */
  const start = (env) => runVisibly(stage.program, stage.parameters, { cwd: root, env: { ...env, ...stage.env } })
  const code = stage.display && !hasDisplay() ? await withVirtualDisplay(start) : await start(process.env)
  const counts = countStage(code, stage.count?.(await readReport(stage.report)))
  return { title: stage.title, counts, milliseconds: Date.now() - startedAt }
}

/**
 * Runs a stage while others run, and shows what it printed once it has ended.
 * @param {Stage} stage
 * @param {AbortSignal} signal
 * @returns {Promise<Result>}
 */
async function runBeside(stage, signal) {
  const startedAt = Date.now()
  const env = { ...process.env, ...stage.env }
  const { code, output } = await run(stage.program, stage.parameters, { cwd: root, env, signal })
  process.stdout.write('\n')
  report.step(stage.title)
  process.stdout.write(output)
  const counts = countStage(code, stage.count?.(await readReport(stage.report)))
  return { title: stage.title, counts, milliseconds: Date.now() - startedAt }
}

/** @param {string | undefined} path */
async function readReport(path) {
  if (path === undefined) return undefined
  return readFile(path, 'utf8').then(
    (text) => /** @type {unknown} */ (JSON.parse(text)),
    () => undefined,
  )
}
