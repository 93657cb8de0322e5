import { Refusal } from '../../contract'

/** Pixels per unit, as CSS has them. */
const units: Readonly<Record<string, number>> = {
  '': 1,
  px: 1,
  pt: 96 / 72,
  pc: 16,
  mm: 96 / 25.4,
  cm: 96 / 2.54,
  in: 96,
  em: 16,
  ex: 8,
}

/** The size of a drawing in pixels: what it says of itself, else that of its view. */
export function svgSize(text: string): { width: number; height: number } {
  const root = /<(?:[^\s<>:]+:)?svg((?:\s+[^\s<>/=]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*\/?>/.exec(text)?.[1]
  if (root === undefined) throw new Refusal('damaged', { detail: '<svg' })
  const value = (name: string) => new RegExp(`\\s${name}\\s*=\\s*["']([^"']*)["']`).exec(root)?.[1]?.trim()
  const [, , viewWidth, viewHeight] = (value('viewBox') ?? '').split(/[\s,]+/).map(Number)
  const [width, height] = [pixels(value('width')), pixels(value('height'))]
  const view = viewWidth && viewHeight && viewWidth > 0 && viewHeight > 0 ? { viewWidth, viewHeight } : undefined
  const ratio = view ? view.viewWidth / view.viewHeight : 1
  const found = {
    width: width ?? (height === undefined ? view?.viewWidth : height * ratio),
    height: height ?? (width === undefined ? view?.viewHeight : width / ratio),
  }
  if (found.width === undefined || found.height === undefined) throw new Refusal('svg-no-size')
  return { width: Math.max(1, Math.round(found.width)), height: Math.max(1, Math.round(found.height)) }
}

/** A length; nothing for a share of something that is not known here. */
function pixels(length: string | undefined): number | undefined {
  const [, number, unit = ''] = /^\+?(\d*\.?\d+(?:e[+-]?\d+)?)([a-z]*)$/i.exec(length ?? '') ?? []
  const factor = units[unit.toLowerCase()]
  return number === undefined || factor === undefined ? undefined : Number(number) * factor
}
