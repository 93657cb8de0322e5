// @ts-check
/**
 * Who made a file and under which licence, by a Debian copyright file in the machine-readable format
 * (https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/): of the paragraphs that match, the last one counts.
 */

/**
 * @typedef {object} Paragraph
 * @property {readonly RegExp[]} files
 * @property {string} authors
 * @property {string} licence
 */

/** @param {string} text @returns {Paragraph[]} */
export function readCopyright(text) {
  return text.split(/\n\s*\n/).flatMap((paragraph) => {
    const fields = fieldsOf(paragraph)
    const files = fields.get('files')
    if (files === undefined) return []
    return [
      {
        files: files.split(/\s+/).filter(Boolean).map(patternOf),
        authors: authorsOf(fields.get('copyright') ?? ''),
        licence: (fields.get('license') ?? '').split('\n')[0]?.trim() ?? '',
      },
    ]
  })
}

/** @param {readonly Paragraph[]} paragraphs @param {string} path */
export function holderOf(paragraphs, path) {
  return paragraphs.findLast(({ files }) => files.some((pattern) => pattern.test(path)))
}

/** @param {string} paragraph */
function fieldsOf(paragraph) {
  /** @type {Map<string, string>} */
  const fields = new Map()
  let last = ''
  for (const line of paragraph.split('\n')) {
    const [, name, value = ''] = /^([A-Za-z-]+):\s*(.*)$/.exec(line) ?? []
    if (name !== undefined) fields.set((last = name.toLowerCase()), value)
    else fields.set(last, `${fields.get(last) ?? ''}\n${line.trim()}`)
  }
  return fields
}

/** `*` stands for anything, slashes too, `?` for one character. @param {string} glob */
function patternOf(glob) {
  const escaped = glob.replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`)
}

/** The names alone, without years and left-out addresses. @param {string} text */
function authorsOf(text) {
  const names = text
    .replaceAll(/\(?\[e-mail left out\]\)?/g, '')
    .split(/\n|,(?!\s*(?:Inc|Ltd)\b)/)
    .map((name) =>
      name
        .replaceAll(/^(copyright|\(c\)|\s)*/gi, '')
        .replace(/^\d{4}(\s*-\s*\d{4})?\s*/, '')
        .trim(),
    )
    .filter((name) => name !== '')
  return [...new Set(names)].join('; ')
}
