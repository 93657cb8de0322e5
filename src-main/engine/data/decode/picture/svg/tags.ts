/** A tag as XML has it. */
export interface Tag {
  /** Without the prefix of its namespace. */
  readonly name: string
  readonly kind: 'open' | 'close' | 'empty'
  /** Without prefixes; characters that are written as numbers or names are put in. */
  readonly attributes: readonly (readonly [name: string, value: string])[]
}

/**
 * What a document is made of besides its texts. An attribute's value stands in quotes and has no `<`, so that what is
 * found from left to right is what any XML reader finds; where this finds no sense, there is none.
 */
const markup =
  /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>|<(\/?)([^\s<>/=!?]+)((?:\s+[^\s<>/=]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/g
const attribute = /([^\s<>/=]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/g

/** The tags of a document, one after another; those in comments are none. */
export function* tagsIn(text: string): Generator<Tag> {
  for (const [, slash, name, attributes = '', end] of text.matchAll(markup)) {
    if (name === undefined) continue
    yield {
      name: withoutPrefix(name),
      kind: slash ? 'close' : end ? 'empty' : 'open',
      attributes: [...attributes.matchAll(attribute)].map(([, key = '', one, other]) => [
        withoutPrefix(key),
        withoutReferences(one ?? other ?? ''),
      ]),
    }
  }
}

/** The style sheets inside a document. */
export function stylesIn(text: string): string {
  const sheets = [...text.matchAll(/<(?:[^\s<>/:]+:)?style[^>]*>([\s\S]*?)<\/(?:[^\s<>/:]+:)?style\s*>/gi)]
  return withoutReferences(sheets.map(([, sheet = '']) => sheet).join('\n'))
}

function withoutPrefix(name: string): string {
  return name.slice(name.lastIndexOf(':') + 1)
}

/** Characters that are written as numbers or by the five names that XML knows. */
function withoutReferences(value: string): string {
  const names: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' }
  return value.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(lt|gt|quot|apos|amp));/gi, (whole, hex, digits, name) => {
    if (typeof name === 'string') return names[name.toLowerCase()] ?? whole
    const code = typeof hex === 'string' ? parseInt(hex, 16) : Number(digits)
    return code <= 0x10ffff ? String.fromCodePoint(code) : ' '
  })
}
