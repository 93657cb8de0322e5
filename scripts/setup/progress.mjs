// @ts-check

const UNITS = ['B', 'kB', 'MB', 'GB']
const BAR_WIDTH = 24
const TTY_INTERVAL = 120
const PLAIN_INTERVAL = 2000

/**
 * Bytes in decimal units, as download pages give them: `1.5 MB`.
 * @param {number} bytes
 */
export function formatBytes(bytes) {
  let value = bytes
  let unit = 0
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000
    unit += 1
  }
  const digits = unit === 0 || value >= 99.95 ? 0 : 1
  return `${value.toFixed(digits)} ${UNITS[unit]}`
}

/**
 * Seconds as a person would say them: `3.2 s`, `1 min 05 s`.
 * @param {number} milliseconds
 */
export function formatDuration(milliseconds) {
  const seconds = milliseconds / 1000
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`
  const whole = Math.round(seconds)
  return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`
}

/**
 * One progress line. `total` of 0 means that the size is not known beforehand.
 * @param {{ name: string, done: number, total: number, format?: (amount: number) => string, suffix?: string }} state
 */
export function formatProgress({ name, done, total, format = formatBytes, suffix = '' }) {
  if (total <= 0) return `${name}  ${format(done)}${suffix}`
  const share = Math.min(1, done / total)
  const filled = Math.round(share * BAR_WIDTH)
  const bar = '█'.repeat(filled) + '░'.repeat(BAR_WIDTH - filled)
  const percent = String(Math.floor(share * 100)).padStart(3)
  return `${name}  ${bar} ${percent} %  ${format(Math.min(done, total))} of ${format(total)}${suffix}`
}

/**
 * Calls `measure` again and again while `work` runs and shows the result: a moving line on a terminal, a line every
 * two seconds elsewhere.
 * @template T
 * @param {{
 *   stream: NodeJS.WriteStream,
 *   name: string,
 *   total: () => number,
 *   measure: () => Promise<number>,
 *   work: Promise<T>,
 *   format?: (amount: number) => string,
 *   suffix?: () => string,
 * }} options
 * @returns {Promise<T>}
 */
export async function showProgress({ stream, name, total, measure, work, format, suffix }) {
  const tty = Boolean(stream.isTTY)
  /** @param {number} done */
  const line = (done) =>
    formatProgress({ name, done, total: total(), suffix: suffix?.() ?? '', ...(format ? { format } : {}) })
  let measuring = false
  const show = async () => {
    if (measuring) return
    measuring = true
    const done = await measure().catch(() => 0)
    measuring = false
    if (stopped) return
    stream.write(tty ? `\r\x1b[2K  ${fit(line(done), stream.columns)}` : `  ${line(done)}\n`)
  }
  let stopped = false
  const timer = setInterval(show, tty ? TTY_INTERVAL : PLAIN_INTERVAL)
  if (tty) void show()
  try {
    return await work
  } finally {
    stopped = true
    clearInterval(timer)
    if (tty) stream.write('\r\x1b[2K')
  }
}

/**
 * @param {string} text
 * @param {number | undefined} columns
 */
function fit(text, columns) {
  const room = (columns ?? 80) - 3
  return text.length > room ? `${text.slice(0, room - 1)}…` : text
}
