// @ts-check

/** @typedef {import('../setup/report.mjs').Report} Report */

/**
 * One figure of one round. `against` names the contender that it is compared with, where that is not the row's first.
 * @typedef {{ name: string, value: number, against?: string, note?: string }} Reading
 * One process to measure, or several figures of one.
 * @typedef {{ name: string, run: () => Promise<Reading[]> }} Contender
 * @typedef {'higher' | 'lower'} Better
 * `end` clears up what the contenders share.
 * @typedef {{
 *   name: string,
 *   title: string,
 *   unit: string,
 *   better: Better,
 *   contenders: Contender[],
 *   end?: () => Promise<void>,
 * }} Row
 * The ratio says how many times better the one named by `against` is than this one.
 * @typedef {{
 *   name: string,
 *   median: number,
 *   all: number[],
 *   against: string | null,
 *   ratio: number | null,
 *   note: string,
 * }} Figure
 * @typedef {{ name: string, why: string }} Failure
 * @typedef {{
 *   name: string,
 *   title: string,
 *   unit: string,
 *   better: Better,
 *   figures: Figure[],
 *   failures: Failure[],
 * }} MeasuredRow
 */

/**
 * Measures a row: in each round every contender once, one after another, so that a slow minute of the machine hits all.
 * A contender that fails is told and left out from then on; the others go on.
 * @param {Report} report
 * @param {Row} row
 * @param {number} rounds
 * @returns {Promise<MeasuredRow>}
 */
export async function measure(report, row, rounds) {
  report.step(row.title)
  /** @type {Reading[]} */
  const readings = []
  /** @type {Failure[]} */
  const failures = []
  for (let round = 1; round <= rounds; round++) {
    for (const { name, run } of row.contenders) {
      if (failures.some((failure) => failure.name === name)) continue
      try {
        const read = await run()
        readings.push(...read)
        for (const { name: who, value, note } of read) {
          report.note(`round ${round}/${rounds}, ${who}: ${value.toFixed(1)} ${row.unit}${note ? ` (${note})` : ''}`)
        }
      } catch (thrown) {
        const why = thrown instanceof Error ? thrown.message : String(thrown)
        failures.push({ name, why })
        report.note(`${name} could not be measured: ${why}`)
      }
    }
  }
  await row.end?.()
  const { name, title, unit, better } = row
  return { name, title, unit, better, figures: figuresOf(readings, better), failures }
}

/**
 * The median of each name's readings, and how many times better the one it is compared with is.
 * @param {readonly Reading[]} readings
 * @param {Better} better
 * @returns {Figure[]}
 */
export function figuresOf(readings, better) {
  const names = [...new Set(readings.map(({ name }) => name))]
  const figures = names.map((name) => {
    const own = readings.filter((reading) => reading.name === name)
    const all = own.map(({ value }) => value)
    const last = own.at(-1)
    return { name, all, median: median(all), against: last?.against ?? names[0] ?? name, note: last?.note ?? '' }
  })
  return figures.map(({ against, ...figure }) => {
    const other = figures.find(({ name }) => name === against)
    if (!other || against === figure.name) return { ...figure, against: null, ratio: null }
    const ratio = better === 'higher' ? other.median / figure.median : figure.median / other.median
    return { ...figure, against, ratio }
  })
}

/**
 * A contender that can work in several ways: the first time each is tried, and afterwards the best goes on. Ways that do
 * not work here are told in the note; it fails where none does.
 * @param {string} name
 * @param {{ way: string, run: () => Promise<number> }[]} ways
 * @param {Better} better
 * @param {{ against?: string }} [more]
 * @returns {Contender}
 */
export function bestOf(name, ways, better, more = {}) {
  /** @type {{ way: string, run: () => Promise<number> } | undefined} */
  let chosen
  let note = ''
  return {
    name,
    run: async () => {
      if (chosen) return [{ name, value: await chosen.run(), note, ...more }]
      const tried = []
      const failed = []
      for (const { way, run } of ways) {
        try {
          tried.push({ way, run, value: await run() })
        } catch (thrown) {
          failed.push({ way, why: thrown instanceof Error ? thrown.message : String(thrown) })
        }
      }
      const sign = better === 'higher' ? -1 : 1
      const [best, ...others] = tried.sort((one, other) => sign * (one.value - other.value))
      if (!best) throw new Error(failed.map(({ way, why }) => `${way}: ${why}`).join('; '))
      chosen = best
      note = [
        best.way,
        ...others.map(({ way, value }) => `${way} gave ${value.toFixed(1)}`),
        ...failed.map(({ way }) => `${way} does not work here`),
      ].join('; ')
      return [{ name, value: best.value, note, ...more }]
    },
  }
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
