/** What systems leave in folders, besides all that is hidden (`.DS_Store`, the `._…` side files of macOS). */
const file = /(^|[\\/])(\.[^\\/]*|thumbs\.db|ehthumbs\.db|desktop\.ini|icon\r)$/i
const folder = /(^|[\\/])(__MACOSX|\$RECYCLE\.BIN|System Volume Information|@eaDir)([\\/]|$)/i

/** Whether a path leads to something that no person has put there: a system's or program's own files. */
export function isLitter(path: string): boolean {
  return file.test(path) || folder.test(path)
}
