// @ts-check

/** @typedef {import('../setup/report.mjs').Report} Report */

/**
 * One thing to measure. The first contender is ours; `ratio` of a row says how many times better it is than each other.
 * @typedef {{ name: string, run: () => Promise<number> }} Contender
 * @typedef {{ name: string, title: string, unit: string, better: 'higher' | 'lower', contenders: Contender[] }} Row
 * @typedef {{ name: string, median: number, all: number[], ratio: number | null }} Figure
 * @typedef {{ name: string, title: string, unit: string, better: 'higher' | 'lower', figures: Figure[] }} MeasuredRow
 */

/**
 * Measures a row: in each round every contender once, one after another, so that a slow minute of the machine hits all.
 * @param {Report} report
 * @param {Row} row
 * @param {number} rounds
 * @returns {Promise<MeasuredRow>}
 */
export async function measure(report, row, rounds) {
  report.step(row.title)
  /** @type {Map<string, number[]>} */
  const values = new Map(row.contenders.map(({ name }) => [name, []]))
  for (let round = 1; round <= rounds; round++) {
    for (const { name, run } of row.contenders) {
      const value = await run()
      values.get(name)?.push(value)
      report.note(`round ${round}/${rounds}, ${name}: ${value.toFixed(1)} ${row.unit}`)
    }
  }
  const { name, title, unit, better } = row
  return { name, title, unit, better, figures: figures(values, better) }
}

/**
 * Medians, and how many times better the first contender is than each other.
 * @param {ReadonlyMap<string, number[]>} values
 * @param {'higher' | 'lower'} better
 * @returns {Figure[]}
 */
export function figures(values, better) {
  const medians = [...values].map(([name, all]) => ({ name, all, median: median(all) }))
  const own = medians[0]?.median ?? Number.NaN
  return medians.map(({ name, all, median: value }, index) => {
    const ratio = better === 'higher' ? own / value : value / own
    return { name, all, median: value, ratio: index === 0 ? null : ratio }
  })
}

/**
 * The middle of some numbers; of an even count the mean of the two in the middle.
 * @param {readonly number[]} values
 */
export function median(values) {
  const sorted = [...values].sort((one, other) => one - other)
  const middle = sorted.length / 2
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]]
  return low === undefined || high === undefined ? Number.NaN : (low + high) / 2
}
