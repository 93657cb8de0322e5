// @ts-check
import { parseArgs } from 'node:util'
import { describeMachine } from './bench/machine.mjs'
import { measure } from './bench/measure.mjs'
import { ABSENT, providePeers } from './bench/peers.mjs'
import { listRows } from './bench/rows/index.mjs'
import { formatRows } from './bench/table.mjs'
import { hasDisplay } from './setup/display.mjs'
import { runScript, SetupError } from './setup/errors.mjs'
import { setUp } from './setup/index.mjs'
import { createReport } from './setup/report.mjs'

const report = createReport(process.stderr)

const help = `npm run bench -- [options]

Measures Patchwork against its peers, each in a process of its own, in turns, and prints medians and ratios. Leave the
machine alone meanwhile.

  --only <row,row>   only these rows (a list: --only help)
  --rounds <n>       how often each is measured (5)
  --with-peers       makes a Python environment with TensorFlow and PyTorch in the cache, to measure them too
  --json             prints one JSON object instead of the table
`

/** `npm run bench`: every figure that Patchwork's pages name comes from here. */
await runScript(async () => {
  const { values } = readOptions()
  if (values.help) {
    process.stdout.write(help)
    return 0
  }
  const provisioned = await setUp(report, { window: true, virtualDisplay: !hasDisplay() })
  const python = await providePeers(report, values['with-peers'] ?? false)
  const rows = listRows(provisioned, python)
  const names = values.only?.split(',') ?? rows.map(({ name }) => name)
  const unknown = names.filter((name) => !rows.some((row) => row.name === name))
  if (unknown.length > 0) throw wrongOption(`--only ${unknown.join(',')}`, rows.map(({ name }) => name).join(', '))
  const rounds = Number(values.rounds ?? 5)
  if (!Number.isInteger(rounds) || rounds < 1) throw wrongOption(`--rounds ${values.rounds}`, '1, 2, 3, …')

  const chosen = rows.filter(({ name }) => names.includes(name))
  const measured = []
  for (const row of chosen) measured.push(await measure(report, row, rounds))
  const machine = describeMachine()
  const notes = python ? [] : [ABSENT]
  process.stdout.write(
    values.json
      ? `${JSON.stringify({ machine, rounds, rows: measured, notes })}\n`
      : formatRows(machine, rounds, measured, notes),
  )
  return measured.some(({ failures }) => failures.length > 0) ? 1 : 0
})

function readOptions() {
  try {
    return parseArgs({
      options: {
        help: { type: 'boolean', short: 'h' },
        only: { type: 'string' },
        rounds: { type: 'string' },
        'with-peers': { type: 'boolean' },
        json: { type: 'boolean' },
      },
    })
  } catch (thrown) {
    throw wrongOption(thrown instanceof Error ? thrown.message : String(thrown), 'npm run bench -- --help')
  }
}

/**
 * @param {string} given
 * @param {string} known
 */
function wrongOption(given, known) {
  return new SetupError({
    what: 'reading what to measure',
    why: `"${given}" is not understood; known: ${known}`,
    fix: 'npm run bench -- --help',
  })
}
