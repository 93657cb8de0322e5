import { Refusal } from '../../contract'

/** One tag with its attributes, as XML allows them: values in quotes, in which `<` cannot stand. */
const tag = /<([^\s<>/=!?]+)((?:\s+[^\s<>/=]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*\/?>/g
const attribute = /([^\s<>/=]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/g
const ownPicture = /^data:image\/(png|jpe?g|gif|webp);base64,/i

/** More elements than this, or copies of copies, are made to keep a program busy. */
const mostElements = 100_000
const mostCopies = 100_000

/**
 * Refuses a drawing that wants something from outside of its file (pictures, styles, entities), or that would become
 * far more than it looks: the decoder would look for files of that name on this machine.
 */
export function checkSafety(text: string): void {
  if (/<!ENTITY/i.test(text) || /<!DOCTYPE[^>]*\[/i.test(text)) throw refusal('entities')
  let elements = 0
  for (const [, name = '', attributes = ''] of text.matchAll(tag)) {
    if (++elements > mostElements) throw new Refusal('svg-too-complex', { limit: mostElements })
    for (const [, key = '', one, other] of attributes.matchAll(attribute)) {
      const value = withoutReferences(one ?? other ?? '').trim()
      const isLink = /(^|:)href$/i.test(key) && !/(^|:)a$/i.test(name)
      if (isLink && !value.startsWith('#') && !ownPicture.test(value)) throw refusal(value.slice(0, 80))
      checkStyle(value)
    }
  }
  for (const [, style = ''] of text.matchAll(/<(?:[^\s<>]+:)?style[^>]*>([\s\S]*?)<\//gi)) checkStyle(style)
  if (copies(text) > mostCopies) throw new Refusal('svg-too-complex', { limit: mostCopies })
}

/** What a style may name lies in the file itself. */
function checkStyle(style: string): void {
  if (/@import/i.test(style)) throw refusal('@import')
  for (const [, , target = ''] of style.matchAll(/url\s*\(\s*(["']?)([^"')]*)/gi)) {
    if (!target.trim().startsWith('#') && !ownPicture.test(target.trim())) throw refusal(target.trim().slice(0, 80))
  }
}

function refusal(target: string): Refusal {
  return new Refusal('svg-outside', { target }, 'refused')
}

/** Characters that are written as numbers or by the five names that XML knows. */
function withoutReferences(value: string): string {
  return value
    .replace(/&#x([0-9a-f]{1,6});/gi, (_, digits: string) => character(parseInt(digits, 16)))
    .replace(/&#(\d{1,7});/g, (_, digits: string) => character(Number(digits)))
    .replace(/&(lt|gt|quot|apos);/g, ' ')
    .replace(/&amp;/g, '&')
}

function character(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : ' '
}

/**
 * At most so many elements does a drawing become when all that it reuses is copied: ids are resolved to the number of
 * copies inside the element that bears them, by a walk that counts what a `use` stands for.
 */
function copies(text: string): number {
  interface Open {
    readonly name: string
    readonly id: string | undefined
    own: number
    readonly uses: string[]
  }
  const known = new Map<string, Open>()
  const root: Open = { name: '', id: undefined, own: 0, uses: [] }
  const open: Open[] = [root]
  for (const [whole, closing = '', name = '', attributes = ''] of text.matchAll(
    /<(\/?)([^\s<>/=!?]+)((?:\s+[^\s<>/=]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*\/?>/g,
  )) {
    if (closing) {
      if (open.length > 1 && open.at(-1)?.name === name) open.pop()
      continue
    }
    const values = new Map(
      [...attributes.matchAll(attribute)].map(([, key = '', one, other]) => [key, one ?? other ?? '']),
    )
    const element: Open = { name, id: values.get('id'), own: 1, uses: [] }
    const reference = values.get('href') ?? values.get('xlink:href')
    for (const parent of open) {
      parent.own++
      if (reference?.startsWith('#')) parent.uses.push(reference.slice(1))
    }
    if (reference?.startsWith('#')) element.uses.push(reference.slice(1))
    if (element.id !== undefined) known.set(element.id, element)
    if (!whole.endsWith('/>')) open.push(element)
  }
  const counted = new Map<Open, number>()
  const count = (element: Open): number => {
    const before = counted.get(element)
    if (before !== undefined) return before
    // A drawing that reuses itself is the decoder's to refuse; here it counts once.
    counted.set(element, 1)
    let sum = element.own
    for (const id of element.uses) {
      const target = known.get(id)
      if (target) sum += count(target)
      if (sum > mostCopies) break
    }
    counted.set(element, sum)
    return sum
  }
  return count(root)
}
