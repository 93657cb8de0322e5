import { InvalidArgumentError } from 'commander'
import type { Translate } from '../services/texts'

/** Reads a whole number of an option, from `min` to `max`. */
export function wholeNumber(text: Translate, min: number, max: number): (word: string) => number {
  return (word) => {
    const value = /^\d+$/.test(word) ? Number(word) : NaN
    if (!(value >= min && value <= max)) throw new InvalidArgumentError(text('cli.usage.wholeNumber', { min, max }))
    return value
  }
}

/** Reads a number of an option, from `min` to `max`; both may be left out of the range. */
export function realNumber(
  text: Translate,
  range: { min: number; max: number; open?: boolean },
): (word: string) => number {
  return (word) => {
    const value = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(word) ? Number(word) : NaN
    const { min, max, open = false } = range
    const fits = open ? value > min && value <= max : value >= min && value <= max
    if (!fits) throw new InvalidArgumentError(text(open ? 'cli.usage.above' : 'cli.usage.number', { min, max }))
    return value
  }
}

/** Reads one of some names. */
export function oneOf(text: Translate, names: readonly string[]): (word: string) => string {
  return (word) => {
    if (!names.includes(word)) throw new InvalidArgumentError(text('cli.usage.oneOf', { names: names.join(', ') }))
    return word
  }
}
