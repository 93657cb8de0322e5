// @ts-check
import { formatBytes } from '../setup/progress.mjs'

/** @typedef {import('./machine.mjs').Machine} Machine */
/** @typedef {import('./measure.mjs').MeasuredRow} MeasuredRow */
/** @typedef {import('./measure.mjs').Figure} Figure */

/**
 * All rows as a Markdown table, with the machine above and, below, what could not be measured.
 * @param {Machine} machine
 * @param {number} rounds
 * @param {readonly MeasuredRow[]} rows
 * @param {readonly string[]} notes
 */
export function formatRows(machine, rounds, rows, notes) {
  const { processor, cores, memory, system, date } = machine
  const lines = rows.flatMap(({ title, unit, figures }) =>
    figures.map((figure) =>
      line(title, figure.name, `${number(figure.median)} ${unit}`, compared(figure), figure.note),
    ),
  )
  const failures = rows.flatMap(({ title, failures }) =>
    failures.map(({ name, why }) => `Not measured: ${title}: ${name} (${why.replaceAll(/\s+/g, ' ')})`),
  )
  return [
    `${processor}, ${cores} cores, ${formatBytes(memory)}, ${system}, ${date}; medians of ${rounds}`,
    '',
    line('what', 'who', 'median', 'times better than it', 'note'),
    line('---', '---', '---', '---', '---'),
    ...lines,
    '',
    ...[...failures, ...notes].flatMap((text) => [text, '']),
  ].join('\n')
}

/** @param {Figure} figure */
function compared({ ratio, against }) {
  return ratio === null ? '' : `${against} × ${ratio.toFixed(2)}`
}

/** @param {number} value */
function number(value) {
  return value.toLocaleString('en', { maximumFractionDigits: value < 10 ? 2 : 1 })
}

/** @param {string[]} cells */
function line(...cells) {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
}
