/** The bounds of a number that a person types. */
export interface NumberRule {
  readonly min?: number
  readonly max?: number
  /** Whole numbers only. */
  readonly integer?: boolean
}

export type NumberProblem = 'not-a-number' | 'not-whole' | 'too-small' | 'too-large'
export type ReadNumber = { readonly value: number } | { readonly problem: NumberProblem }

const spaces = /[\s\u00a0\u202f_]/g
/** Commas that stand between thousands, as in `1,240` and `1,240.5`, but not in `0,240`. */
const groupedByComma = /^[-+]?[1-9]\d{0,2}(,\d{3})+(\.\d+)?$/

/**
 * Reads a number as people write it: spaces between thousands, a comma or a point before decimals, `1e-3`, `−5`. In a
 * locale that groups by commas `1,240` is a thousand and more; everywhere else a comma begins the decimals.
 */
export function readNumber(text: string, locale: string, rule: NumberRule = {}): ReadNumber {
  let plain = text.replace(spaces, '').replace('−', '-')
  const commaGroups = new Intl.NumberFormat(locale).format(12345).includes(',')
  plain = commaGroups && groupedByComma.test(plain) ? plain.replaceAll(',', '') : plain.replace(',', '.')
  if (!/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(plain)) return { problem: 'not-a-number' }
  const value = Number(plain)
  if (!Number.isFinite(value)) return { problem: 'not-a-number' }
  if (rule.integer && !Number.isInteger(value)) return { problem: 'not-whole' }
  if (rule.min !== undefined && value < rule.min) return { problem: 'too-small' }
  if (rule.max !== undefined && value > rule.max) return { problem: 'too-large' }
  return { value }
}

/** A number as it stands in an input: the locale's decimal sign, no grouping, and a power of ten where it is shorter. */
export function writeNumber(value: number, locale: string): string {
  const size = Math.abs(value)
  if (size !== 0 && (size < 1e-4 || size >= 1e15)) {
    const sign = new Intl.NumberFormat(locale).format(1.5).charAt(1)
    return String(Number(value.toPrecision(12)).toExponential())
      .replace('.', sign)
      .replace('e+', 'e')
  }
  return new Intl.NumberFormat(locale, { useGrouping: false, maximumSignificantDigits: 12 }).format(value)
}

/**
 * The next number by the arrow keys: on the grid of `step` from `min` (or 0), within the bounds, without the dust that
 * adding decimals in binary leaves (`0.1 + 0.2`).
 */
export function stepNumber(value: number, steps: number, step: number, { min, max }: NumberRule): number {
  const base = min !== undefined && Number.isFinite(min) ? min : 0
  const places = (value - base) / step
  const onGrid = Math.abs(places - Math.round(places)) < 1e-6
  const next = onGrid ? Math.round(places) + steps : steps > 0 ? Math.floor(places) + steps : Math.ceil(places) + steps
  const exact = Number((base + next * step).toPrecision(12))
  return Math.min(max ?? Infinity, Math.max(min ?? -Infinity, exact))
}
