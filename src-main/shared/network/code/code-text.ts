import type { CodeLine } from './plan'

/** The code as one text, as it is copied and saved. */
export function codeText(lines: readonly CodeLine[]): string {
  return `${lines.map(({ text }) => text).join('\n')}\n`
}
