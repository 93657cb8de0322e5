/** The few words that numbers are shown with; from the message files. */
export interface FormatWords {
  readonly timeLeft: (duration: string) => string
  readonly imagesPerSecond: (rate: string) => string
}

const superscripts: Readonly<Record<string, string>> = {
  '-': '⁻',
  '0': '⁰',
  '1': '¹',
  '2': '²',
  '3': '³',
  '4': '⁴',
  '5': '⁵',
  '6': '⁶',
  '7': '⁷',
  '8': '⁸',
  '9': '⁹',
}
const byteUnits = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const

/**
 * How numbers are shown to people: in the reader's locale, with units and thousands separators. `locale` is asked at
 * every call, so what a template shows follows a change of language. A value that is no number is shown as a dash.
 */
export function makeFormat(locale: () => string, words: FormatWords) {
  const cache = new Map<string, Intl.NumberFormat>()

  function show(value: number, options: Intl.NumberFormatOptions): string {
    if (!Number.isFinite(value)) return '–'
    const key = `${locale()} ${JSON.stringify(options)}`
    const known = cache.get(key)
    const format = known ?? new Intl.NumberFormat(locale(), options)
    if (!known) cache.set(key, format)
    // A true minus: the hyphen that Intl writes is shorter than the digits beside it.
    return format.format(value).replace('-', '−')
  }

  /** A whole number: `60,000`. */
  function integer(value: number): string {
    return show(value, { maximumFractionDigits: 0 })
  }

  /** A real number with at most `digits` significant digits: `0.04213`. */
  function decimal(value: number, digits = 4): string {
    return show(value, { maximumSignificantDigits: digits })
  }

  /** A real number with exactly `digits` places after the point, so that a column of them lines up: `0.042`. */
  function fixed(value: number, digits = 3): string {
    return show(value, { minimumFractionDigits: digits, maximumFractionDigits: digits })
  }

  /** A share from 0 to 1: `97.3 %`. */
  function percent(share: number, digits = 1): string {
    return show(share, { style: 'percent', minimumFractionDigits: digits, maximumFractionDigits: digits })
  }

  /** A large number in few digits: `1.2 M` multiply-adds. */
  function compact(value: number): string {
    return show(value, { notation: 'compact', maximumSignificantDigits: 3 })
  }

  /** A very small or large number with its power of ten: `3 × 10⁻⁶`; zero is `0`. */
  function scientific(value: number, digits = 2): string {
    if (value === 0 || !Number.isFinite(value)) return integer(value)
    const [mantissa = '', exponent = ''] = value.toExponential(digits - 1).split('e')
    const power = [...String(Number(exponent))].map((sign) => superscripts[sign] ?? sign).join('')
    return `${decimal(Number(mantissa), digits)} × 10${power}`
  }

  /** A size in bytes, in powers of 1000 as file managers show it: `1.2 MB`. */
  function bytes(count: number): string {
    const power = count < 1000 ? 0 : Math.min(byteUnits.length - 1, Math.floor(Math.log10(count) / 3))
    const value = count / 1000 ** power
    return show(value, {
      style: 'unit',
      unit: byteUnits[power] ?? 'byte',
      unitDisplay: power === 0 ? 'long' : 'short',
      maximumFractionDigits: power === 0 || value >= 100 ? 0 : 1,
    })
  }

  function unit(value: number, name: 'hour' | 'minute' | 'second', digits = 0): string {
    return show(value, { style: 'unit', unit: name, unitDisplay: 'short', maximumFractionDigits: digits })
  }

  /** A length of time in its two largest units: `1 hr 5 min`, `2 min 30 sec`, `4.2 sec`. */
  function duration(seconds: number): string {
    if (!Number.isFinite(seconds)) return '–'
    if (seconds < 9.95) return unit(Math.max(0, seconds), 'second', 1)
    const whole = Math.round(seconds)
    if (whole < 60) return unit(whole, 'second')
    if (whole < 3600) {
      const rest = whole % 60
      return rest ? `${unit(Math.floor(whole / 60), 'minute')} ${unit(rest, 'second')}` : unit(whole / 60, 'minute')
    }
    const minutes = Math.round(whole / 60)
    const rest = minutes % 60
    const hours = unit(Math.floor(minutes / 60), 'hour')
    return rest ? `${hours} ${unit(rest, 'minute')}` : hours
  }

  /** What is left to wait, without more digits than the guess is worth: `2 min left`. */
  function timeLeft(seconds: number): string {
    if (!Number.isFinite(seconds)) return '–'
    const rounded =
      seconds >= 3600
        ? Math.round(seconds / 300) * 300
        : seconds >= 100
          ? Math.round(seconds / 60) * 60
          : Math.max(1, seconds > 10 ? Math.round(seconds / 5) * 5 : Math.round(seconds))
    return words.timeLeft(rounded < 10 ? unit(rounded, 'second') : duration(rounded))
  }

  /** Training speed: `1,240 samples/s`. */
  function imagesPerSecond(rate: number): string {
    return words.imagesPerSecond(rate >= 10 ? integer(rate) : decimal(rate, 2))
  }

  /** A shape with its axes: `26 × 26 × 32`. */
  function shape(axes: readonly number[]): string {
    return axes.map(integer).join(' × ')
  }

  /** A point in time, with the day where it is not today's. */
  function dateTime(date: Date, now = new Date()): string {
    const today = date.toDateString() === now.toDateString()
    return new Intl.DateTimeFormat(
      locale(),
      today ? { timeStyle: 'short' } : { dateStyle: 'medium', timeStyle: 'short' },
    ).format(date)
  }

  return {
    integer,
    decimal,
    fixed,
    percent,
    compact,
    scientific,
    bytes,
    duration,
    timeLeft,
    imagesPerSecond,
    shape,
    dateTime,
  }
}

export type Format = ReturnType<typeof makeFormat>
