import { english } from './files'

/** A tree of texts as it stands in the message files. */
export interface MessageTree {
  readonly [key: string]: string | MessageTree
}

/** The text at a dotted key, or undefined where there is none. */
export function textAt(tree: MessageTree, key: string): string | undefined {
  let node: string | MessageTree | undefined = tree
  for (const part of key.split('.')) {
    if (typeof node !== 'object') return undefined
    node = node[part]
  }
  return typeof node === 'string' ? node : undefined
}

/** `text` with each `{name}` replaced by `params.name`; a placeholder without a value stays as it is. */
export function fill(text: string, params: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (placeholder, name: string) => String(params[name] ?? placeholder))
}

/**
 * The English text of a key, filled in: for logs, the command line and any place without a translator. A missing key
 * gives the key itself, so that nothing is hidden.
 */
export function englishText(key: string, params: Readonly<Record<string, string | number>> = {}): string {
  return fill(textAt(english, key) ?? key, params)
}
