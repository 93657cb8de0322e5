import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { outsideData } from './outside-data'

/** A row of the list of awkward files: what is odd about a file, and what other decoders make of it. */
export interface AwkwardFile {
  readonly file: string
  readonly odd: string
  readonly outcome: 'decode' | 'skip' | 'refuse' | 'warn' | 'ignore' | 'decode_or_skip'
  /** Size and channels, rate and frames, or shape. */
  readonly decoded: string
  readonly checks: string
}

const folder = outsideData('awkward')

/** Where an awkward file lies. */
export function awkwardPath(file: string): string {
  return join(folder.path, file)
}

/** All rows; none where the files are not here. */
export function awkwardFiles(): readonly AwkwardFile[] {
  if (folder.missing) return []
  const [, ...rows] = parse(readFileSync(awkwardPath('MANIFEST.csv'), 'utf8'))
  return rows.map(([file = '', , odd = '', , outcome = '', decoded = '', checks = '']) => {
    if (!isOutcome(outcome)) throw new Error(`${file}: outcome ${outcome}`)
    return { file, odd, outcome, decoded, checks }
  })
}

function isOutcome(text: string): text is AwkwardFile['outcome'] {
  return ['decode', 'skip', 'refuse', 'warn', 'ignore', 'decode_or_skip'].includes(text)
}

/** Rows of a CSV with quotes. */
function parse(text: string): string[][] {
  const rows: string[][] = []
  for (const line of text.split(/\r?\n(?=(?:[^"]*"[^"]*")*[^"]*$)/)) {
    if (line === '') continue
    const cells = [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)]
    rows.push(cells.map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? ''))
  }
  return rows
}
