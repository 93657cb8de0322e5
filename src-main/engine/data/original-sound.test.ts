import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { usualSpectrogram, type ImportSettings } from '@shared/data/import'
import { describe, expect, it } from 'vitest'
import { zipFile } from '../testing/archives'
import { useImports } from '../testing/imports'
import { wavFile } from '../testing/plain-files'
import { openDataset, type Dataset } from './dataset'
import { diskFile } from './decode/source-file'
import { readOriginal } from './original-sound'
import { readSample } from './sample'
import { SourceEntries } from './source-entries'

const { imported, sourceOf } = useImports()

/** Two and a half windows of a second, of a tone and some noise that differ from file to file. */
function tone(n: number, rate = 11_025): Buffer {
  let state = n + 1
  const noise = () => ((state = (state * 48_271) % 2_147_483_647) / 2_147_483_647 - 0.5) * 4000
  return wavFile(rate, [
    Array.from({ length: rate * 2.5 }, (_, at) => Math.round(Math.sin((at * (n + 2)) / 9) * 12_000 + noise())),
  ])
}
const files = () =>
  Object.fromEntries(['a', 'b'].flatMap((label, k) => [0, 1, 2].map((n) => [`${label}/${n}.wav`, tone(k * 3 + n)])))

const settings: Partial<ImportSettings> = { as: 'sounds', rate: 8000, seconds: 1, testShare: 0.2 }

async function opened(path: string, part: Partial<ImportSettings> = {}): Promise<Dataset> {
  const { directory } = await imported(path, { ...settings, ...part })
  return openDataset({ kind: 'stored', title: '', directory })
}

describe('the sound behind a spectrogram', () => {
  it('is the window that an import without spectrograms makes a sample of, in a folder and in an archive', async () => {
    const source = await sourceOf(files())
    const raw = await opened(source)
    const pictures = await opened(source, { spectrogram: usualSpectrogram })
    const archive = join(source, '..', 'all.zip')
    await writeFile(archive, zipFile(Object.entries(files()).map(([name, content]) => ({ name, content }))))
    const packed = await opened(archive, { spectrogram: usualSpectrogram })
    const entries = new SourceEntries()
    expect(pictures.all.count).toBe(12)
    for (let row = 0; row < 12; row++) {
      const { values, name, rate } = await readSample(raw, row)
      expect((await readSample(pictures, row)).name).toEqual(name)
      const [file] = [name].flat()
      expect(Math.max(...values)).toBeGreaterThan(0.1)
      const wanted = { sound: { samples: values, channels: 1, rate }, reason: null }
      expect(await readOriginal(pictures, row, () => diskFile(join(source, String(file))))).toEqual(wanted)
      expect(await readOriginal(packed, row, () => entries.open([archive], String(file)))).toEqual(wanted)
    }
    await expect(readOriginal(raw, 0, () => diskFile(source))).rejects.toMatchObject({ code: 'no-sound' })
    for (const dataset of [raw, pictures, packed]) dataset.close()
  })

  it.each([
    ['is gone', (path: string) => rm(path), 'gone'],
    ['holds another sound', (path: string) => writeFile(path, tone(9)), 'original-differs'],
    ['is shorter', (path: string) => writeFile(path, wavFile(11_025, [[0, 4000]])), 'original-differs'],
    ['is no sound any more', (path: string) => writeFile(path, 'words'), 'is-text'],
  ])('is not there where the file %s', async (_what, change, code) => {
    const source = await sourceOf(files())
    const pictures = await opened(source, { spectrogram: usualSpectrogram })
    const { name } = await readSample(pictures, 1)
    const path = join(source, String([name].flat()[0]))
    await change(path)
    const { sound, reason } = await readOriginal(pictures, 1, () => diskFile(path))
    expect([sound, reason?.code]).toEqual([null, code])
    pictures.close()
  })
})
