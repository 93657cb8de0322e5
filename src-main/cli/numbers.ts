/** Numbers as the command line shows them, in one language. */
export interface Numbers {
  count(value: number): string
  /** A share from 0 to 1, with two digits behind the point. */
  percent(share: number): string
  /** Four digits that count. */
  loss(value: number): string
  bytes(value: number): string
  /** `1:02:03`, `2:03`, `0:03`. */
  time(seconds: number): string
  /** As many digits as it has, up to six behind the point. */
  decimal(value: number): string
  /** A very small number: `3.1E-7`. */
  tiny(value: number): string
}

export function numbersIn(locale: string): Numbers {
  const format = (options: Intl.NumberFormatOptions) => {
    const formatter = new Intl.NumberFormat(locale, options)
    return (value: number) => formatter.format(value)
  }
  const whole = format({ maximumFractionDigits: 0 })
  const one = format({ maximumFractionDigits: 1 })
  const scientific = format({ notation: 'scientific', maximumFractionDigits: 1 })
  return {
    count: whole,
    percent: format({ style: 'percent', minimumFractionDigits: 2, maximumFractionDigits: 2 }),
    loss: format({ minimumSignificantDigits: 4, maximumSignificantDigits: 4 }),
    bytes(value) {
      if (value < 1000) return `${whole(value)} B`
      if (value < 1e6) return `${one(value / 1e3)} kB`
      return value < 1e9 ? `${one(value / 1e6)} MB` : `${one(value / 1e9)} GB`
    },
    time(seconds) {
      const rounded = Math.round(seconds)
      const parts = [Math.floor(rounded / 3600), Math.floor(rounded / 60) % 60, rounded % 60]
      const [hours, ...rest] = parts
      const shown = hours ? parts : rest
      return shown.map((part, index) => (index === 0 ? String(part) : String(part).padStart(2, '0'))).join(':')
    },
    decimal: format({ maximumFractionDigits: 6 }),
    tiny: (value) => (value === 0 ? '0' : scientific(value)),
  }
}
