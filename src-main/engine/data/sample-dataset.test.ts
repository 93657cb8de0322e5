import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { sampleFits, sampleSets, type SampleSetId } from '@shared/data/dataset'
import { appErrorOf } from '../testing/errors'
import { temporaryFolder } from '../testing/idx-files'
import { outsideData } from '../testing/outside-data'
import { readBatch } from './batches'
import { openDataset, type Dataset } from './dataset'

const assets = fileURLToPath(new URL('../../../assets/datasets/', import.meta.url))

let folder: ReturnType<typeof temporaryFolder>
const opened = new Map<SampleSetId, Dataset>()
beforeAll(async () => {
  folder = temporaryFolder()
  vi.stubEnv('PATCHWORK_CACHE', folder.path)
  for (const id of sampleSets) opened.set(id, await openDataset({ kind: 'sample', id }))
}, 120_000)
afterAll(() => {
  for (const dataset of opened.values()) dataset.close()
  vi.unstubAllEnvs()
  folder.remove()
})

it.each(sampleSets)('%s asks of a network what is told of it before it is opened', (id) => {
  const { source, shape, classes } = opened.get(id)!.summary
  expect({ source, shape, classes: classes.length }).toEqual({ source: { kind: 'sample', id }, ...sampleFits[id] })
})

it('names the sets that there are', async () => {
  const error = await appErrorOf(openDataset({ kind: 'sample', id: 'constructor' }))
  expect(error).toMatchObject({ code: 'sample-set-unknown', params: { known: 'mnist, speech, volumes' } })
})

describe('the sample set of volumes', () => {
  it('has the counts that its authors publish, with their own validation part', () => {
    const { summary, validation, test } = opened.get('volumes')!
    expect(summary).toMatchObject({
      title: 'AdrenalMNIST3D',
      classes: ['normal', 'hyperplasia'],
      counts: { train: [929 + 76, 259 + 22], test: [229, 69] },
      ownTest: true,
      validation: 98,
      majorityShare: 229 / 298,
    })
    expect(validation).toHaveLength(98)
    const { values } = readBatch(test, Uint32Array.of(0, 297), opened.get('volumes')!.preprocessing)
    expect([...new Set(values)].sort()).toEqual([0, 255])
  })
})

describe('the sample set of sounds', () => {
  const [head = [], ...rows] = table(readFileSync(join(assets, 'speech/sources.csv'), 'utf8'))
  const clips = rows.map((row) => Object.fromEntries(head.map((name, n) => [name, row[n] ?? ''])))

  it('has as many clips of speech as of other sounds', () => {
    const { summary } = opened.get('speech')!
    expect(summary).toMatchObject({
      title: 'Speech or not',
      classes: ['other', 'speech'],
      counts: { train: [316, 316], test: [79, 79] },
      ownTest: true,
      majorityShare: 0.5,
      files: { found: 790, used: 790, skipped: 0 },
    })
  })

  it('is small, and names every clip with its source, which is in one part alone', () => {
    expect(statSync(join(assets, 'speech/speech.zip')).size).toBeLessThan(8_000_000)
    expect(clips).toHaveLength(790)
    const parts = new Map<string, Set<string>>()
    for (const { source, part } of clips) parts.set(source!, (parts.get(source!) ?? new Set()).add(part!))
    expect([...parts.values()].every(({ size }) => size === 1)).toBe(true)
    expect(clips.filter(({ padded }) => padded === '1')).toHaveLength(2 * (79 + 20))
  })

  it('holds nothing under a licence that asks more of who ships it, and names all authors in its notice', () => {
    const licences = [...new Set(clips.map(({ licence }) => licence))].sort()
    const known = ['BSD-3-Clause', 'CC-BY-3.0', 'CC-BY-4.0', 'CC-BY-SA-3.0', 'CC-BY-SA-4.0', 'CC0', 'CC0-1.0', 'MIT']
    expect(licences).toEqual(known)
    const notice = readFileSync(join(assets, 'speech/NOTICE.txt'), 'utf8')
    for (const { authors, licence } of clips) expect(notice).toContain(`${licence}: ${authors}`)
  })

  const full = outsideData('speech')
  it.skipIf(full.missing)('has the values of the clips that it was made of', () => {
    const { train, test, preprocessing } = opened.get('speech')!
    for (const [part, dataset] of Object.entries({ train, test })) {
      const own = clips.filter((clip) => clip.part === part)
      for (const at of [0, 1, 40, dataset.count - 1]) {
        const bytes = readFileSync(join(full.path, own[at]!.file!.replace('.flac', '.wav')))
        const wanted = Float32Array.from({ length: 8000 }, (_, n) => bytes.readInt16LE(44 + 2 * n) / 32_768)
        const { values, labels } = readBatch(dataset, Uint32Array.of(at), preprocessing)
        expect([...labels]).toEqual([own[at]!.class === 'speech' ? 1 : 0])
        expect(values).toEqual(wanted)
      }
    }
  })
})

/** Rows of a CSV text, with quoted cells on one line. */
function table(text: string): string[][] {
  return text
    .trim()
    .split('\n')
    .map((line) =>
      [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
        ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
      ),
    )
}
