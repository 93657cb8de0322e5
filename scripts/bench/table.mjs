// @ts-check
import { formatBytes } from '../setup/progress.mjs'

/** @typedef {import('./machine.mjs').Machine} Machine */
/** @typedef {import('./measure.mjs').MeasuredRow} MeasuredRow */

/**
 * All rows as a Markdown table, with the machine above.
 * @param {Machine} machine
 * @param {number} rounds
 * @param {readonly MeasuredRow[]} rows
 */
export function formatRows(machine, rounds, rows) {
  const lines = rows.flatMap(({ title, unit, figures }) =>
    figures.map(({ name, median, ratio }) =>
      [
        title,
        name,
        `${median.toLocaleString('en', { maximumFractionDigits: 1 })} ${unit}`,
        ratio === null ? '' : `× ${ratio.toFixed(2)}`,
      ].join(' | '),
    ),
  )
  const head = `${machine.processor}, ${machine.cores} cores, ${formatBytes(machine.memory)}, ${machine.system}, ${machine.date}; medians of ${rounds}`
  return [
    head,
    '',
    '| what | who | median | ours against it |',
    '| --- | --- | --- | --- |',
    ...lines.map((line) => `| ${line} |`),
    '',
  ].join('\n')
}
