// @ts-check
import { formatDuration } from '../setup/progress.mjs'

/** @typedef {import('./counts.mjs').Counts} Counts */
/** @typedef {{ title: string, counts: Counts, milliseconds: number }} Result */

/**
 * One line per stage: passed or failed, its name, its counts, its time.
 * @param {readonly Result[]} results
 */
export function formatTable(results) {
  const width = Math.max(...results.map(({ title }) => title.length))
  return results
    .map(({ title, counts, milliseconds }) => {
      const mark = counts.failed > 0 ? '✗' : '✓'
      const counted = `${formatCounts(counts).padEnd(34)}`
      return `  ${mark} ${title.padEnd(width)}  ${counted} ${formatDuration(milliseconds).padStart(12)}`
    })
    .join('\n')
}

/**
 * @param {Counts} counts
 */
export function formatCounts({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}
