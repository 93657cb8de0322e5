import type { MessageTree } from './english'

/** One language: the content of each file under its area, the file's name. */
function byArea(files: Record<string, MessageTree>): MessageTree {
  return Object.fromEntries(
    Object.entries(files).map(([path, tree]) => [path.replace(/^.*\/([\w-]+)\.json$/, '$1'), tree]),
  )
}

export const english = byArea(import.meta.glob<MessageTree>('./en/*.json', { eager: true, import: 'default' }))
export const russian = byArea(import.meta.glob<MessageTree>('./ru/*.json', { eager: true, import: 'default' }))
