/** What systems leave in folders, besides all that is hidden (`.DS_Store`, the `._…` side files of macOS). */
const names = /^(\..*|thumbs\.db|ehthumbs\.db|desktop\.ini|icon\r)$/i
const folders = /^(__MACOSX|\$RECYCLE\.BIN|System Volume Information|@eaDir)$/i

/** Whether a path leads to something that no person has put there: a system's or program's own files. */
export function isLitter(path: string): boolean {
  const parts = path.split(/[\\/]/)
  const name = parts.at(-1) ?? ''
  return names.test(name) || parts.some((part) => folders.test(part))
}
