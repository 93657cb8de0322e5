import type { DatasetSource } from './dataset'

/** A source whose places in a project are named otherwise: where imported data lies, and the log of edits. */
export function withOwnPaths(source: DatasetSource, change: (path: string) => string): DatasetSource {
  const edits = source.edits && { ...source.edits, path: change(source.edits.path) }
  const moved: DatasetSource = edits ? { ...source, edits } : source
  return moved.kind === 'stored' ? { ...moved, directory: change(moved.directory) } : moved
}
