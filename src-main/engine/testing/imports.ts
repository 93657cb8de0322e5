import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { usualImport, type ImportReport, type ImportSettings } from '@shared/data/import'
import { useTemporaryFolder } from '../../testing/temporary-folder'
import { importDataset } from '../data/import/import'
import { readNames } from './stored-names'

/** A picture as a PNM file: grey where there is one value a pixel, else RGB. */
export function picture(height: number, width: number, values: readonly number[]): Buffer {
  const kind = values.length === height * width ? 'P5' : 'P6'
  return Buffer.concat([Buffer.from(`${kind} ${width} ${height} 255\n`), Buffer.from(values)])
}

/** A picture of noise that a number decides. */
export function noise(n: number, height = 8, width = 8): Buffer {
  let state = n * 2654435761 + 12345
  const value = () => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0
    return (state >>> 16) & 255
  }
  return picture(height, width, Array.from({ length: height * width }, value))
}

/** Samples of each class in all parts. */
export function counts({ classes }: ImportReport): Record<string, number> {
  return Object.fromEntries(
    Object.entries(classes).map(([name, { train, validation, test }]) => [name, train + validation + test]),
  )
}

export function named({ skipped }: ImportReport): string[] {
  return skipped.flatMap(({ file, code, outcome }) => (outcome === 'ignored' ? [] : [`${file}: ${code}`])).sort()
}

export function warned({ warnings }: ImportReport): string[] {
  return warnings.map(({ code, params }) => [code, ...Object.values(params)].join(' '))
}

/** Pictures of noise in a folder, by their names. */
export const many = (label: string, from: number, count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`${label}/${n}.pgm`, noise(from + n)]))

/** Sources and the data sets that they make, in folders that go with the test. */
export function useImports() {
  const folder = useTemporaryFolder()

  async function sourceOf(files: Readonly<Record<string, Buffer | string>>): Promise<string> {
    const source = join(await folder(), 'source')
    for (const [name, content] of Object.entries(files)) {
      await mkdir(dirname(join(source, name)), { recursive: true })
      await writeFile(join(source, name), content)
    }
    return source
  }

  async function imported(
    source: string | readonly string[],
    settings: Partial<ImportSettings> = {},
  ): Promise<ImportReport & { names: unknown[] }> {
    const directory = join(await folder(), 'made')
    const paths = typeof source === 'string' ? [source] : source
    const report = await importDataset({ paths, directory, settings: { ...usualImport, ...settings } })
    return { ...report, names: await readNames(directory) }
  }

  return { folder, sourceOf, imported }
}
