/** What a piece of a line is, for its colour. */
export type TokenKind = 'plain' | 'comment' | 'text' | 'number' | 'word'

export interface Token {
  readonly kind: TokenKind
  readonly text: string
}

/** The languages that the code view writes. */
export type Language = 'python' | 'typescript'

const words: Readonly<Record<Language, ReadonlySet<string>>> = {
  python: new Set('import from as class def return for in if else self super None True False lambda'.split(' ')),
  typescript: new Set(
    (
      'import from as export const class extends interface static readonly private override constructor return new if ' +
      'else this super null undefined true false type typeof void number string'
    ).split(' '),
  ),
}

const patterns: Readonly<Record<Language, RegExp>> = {
  python:
    /(?<comment>#.*)|(?<text>"""[^]*?(?:"""|$)|"(?:[^"\\]|\\.)*"?)|(?<number>\b\d[\w.]*)|(?<word>[\p{L}_][\p{L}\p{N}_]*)/gu,
  typescript:
    /(?<comment>\/\/.*|\/\*[^]*?(?:\*\/|$))|(?<text>'(?:[^'\\]|\\.)*'?|"(?:[^"\\]|\\.)*"?|`(?:[^`\\]|\\.)*`?)|(?<number>\b\d[\w.]*)|(?<word>[\p{L}_$][\p{L}\p{N}_$]*)/gu,
}

/** One line cut into pieces by what they are; the pieces together are the line. */
export function tokens(line: string, language: Language): readonly Token[] {
  const found: Token[] = []
  let at = 0
  const plain = (end: number) => {
    if (end > at) found.push({ kind: 'plain', text: line.slice(at, end) })
    at = end
  }
  for (const match of line.matchAll(patterns[language])) {
    const [text] = match
    const kind = kindOf(match.groups ?? {}, words[language])
    if (kind === 'plain') continue
    plain(match.index)
    found.push({ kind, text })
    at = match.index + text.length
  }
  plain(line.length)
  return found
}

function kindOf(
  { comment, text, number, word }: Record<string, string | undefined>,
  known: ReadonlySet<string>,
): TokenKind {
  if (comment !== undefined) return 'comment'
  if (text !== undefined) return 'text'
  if (number !== undefined) return 'number'
  return word !== undefined && known.has(word) ? 'word' : 'plain'
}
