import { Refusal } from '../../contract'

/** Pixels per unit, as CSS has them; lengths that depend on a font are not known here. */
const units: Readonly<Record<string, number>> = {
  '': 1,
  px: 1,
  pt: 96 / 72,
  pc: 16,
  mm: 96 / 25.4,
  cm: 96 / 2.54,
  in: 96,
}

/** What may come before a drawing's first tag, and the tag. */
const beginning =
  /^\uFEFF?(?:\s+|<\?[\s\S]*?\?>|<!--[\s\S]*?-->|<!DOCTYPE[^>[]*>)*<(?:[^\s<>/:]+:)?svg((?:\s+[^\s<>/=]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*\/?>/i

/** Whether a text begins as a drawing does, as far as it is there. */
export function beginsAsSvg(text: string): boolean {
  return /^\uFEFF?(?:\s+|<\?[\s\S]*?\?>|<!--[\s\S]*?-->|<!DOCTYPE[^>]*>)*<(?:[^\s<>/:]+:)?svg[\s>]/i.test(text)
}

/**
 * The size of a drawing in pixels, with fractions: what it says of itself, else that of its view. One that cannot be
 * known is refused, since the decoder might find another, and take memory for that.
 */
export function svgSize(text: string): { width: number; height: number } {
  const root = beginning.exec(text)?.[1]
  if (root === undefined) throw new Refusal('damaged', { detail: '<svg' })
  const value = (name: string) => new RegExp(`\\s${name}\\s*=\\s*["']([^"']*)["']`).exec(root)?.[1]
  const [, , viewWidth = NaN, viewHeight = NaN] = (value('viewBox') ?? '')
    .trim()
    .split(/[\s,]+/)
    .map(Number)
  const view = viewWidth > 0 && viewHeight > 0 ? { width: viewWidth, height: viewHeight } : undefined
  const [width, height] = [length(value('width'), view?.width), length(value('height'), view?.height)]
  if (width !== undefined && height !== undefined) return { width, height }
  if (!view) throw new Refusal('svg-no-size')
  if (width !== undefined) return { width, height: (width * view.height) / view.width }
  if (height !== undefined) return { width: (height * view.width) / view.height, height }
  return view
}

/** A length in pixels; shares are of the view's. Nothing where there is none. */
function length(text: string | undefined, whole: number | undefined): number | undefined {
  if (text === undefined) return undefined
  const [, number, unit = ''] = /^(\d+(?:\.\d*)?|\.\d+)(%|[a-z]*)$/.exec(text) ?? []
  const factor = unit === '%' ? (whole ?? NaN) / 100 : (units[unit] ?? NaN)
  const found = Number(number ?? NaN) * factor
  if (!(found > 0)) throw new Refusal('svg-no-size')
  return found
}
