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

/** A drawing's first tag, with its attributes. */
const rootTag = /<(?:[^\s<>/:]+:)?svg((?:\s+[^\s<>/=]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*\/?>/iy

/** What may come before a drawing's first tag: from what it begins with to what it ends with. */
const preludes = [
  ['<?', '?>'],
  ['<!--', '-->'],
  ['<!DOCTYPE', '>'],
] as const

/**
 * Where the first tag may stand. It is looked for step by step: an expression for the whole could take blanks and
 * comments apart in so many ways that a file of them would never be done with.
 */
function prologEnd(text: string): number {
  let at = text.startsWith('\uFEFF') ? 1 : 0
  for (;;) {
    while (/\s/.test(text.charAt(at))) at++
    const prelude = preludes.find(([start]) => text.slice(at, at + start.length).toUpperCase() === start)
    if (!prelude) return at
    const [start, end] = prelude
    const found = text.indexOf(end, at + start.length)
    if (found < 0) return text.length
    at = found + end.length
  }
}

/** Whether a text begins as a drawing does, as far as it is there. */
export function beginsAsSvg(text: string): boolean {
  const at = prologEnd(text)
  return /^<(?:[^\s<>/:]+:)?svg[\s>]/i.test(text.slice(at, at + 200))
}

/** The attributes of a drawing's first tag; a document type with definitions of its own is no beginning of one. */
function rootAttributes(text: string): string | undefined {
  const at = prologEnd(text)
  if (/<!DOCTYPE[^>]*\[/i.test(text.slice(0, at))) return undefined
  rootTag.lastIndex = at
  return rootTag.exec(text)?.[1]
}

/**
 * The size of a drawing in pixels, with fractions: what it says of itself, else that of its view. One that cannot be
 * known is refused, since the decoder might find another, and take memory for that.
 */
export function svgSize(text: string): { width: number; height: number } {
  const root = rootAttributes(text)
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
