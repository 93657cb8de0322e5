import { join } from 'node:path'
import type { DatasetSource } from '@shared/data/dataset'
import type { Preprocessing } from '@shared/data/preprocessing'
import { storedFiles, storedParts } from '@shared/data/stored-dataset'
import { setTestAside } from './part'
import { openStored, type OpenStored } from './store/open-stored'
import { fileStore } from './store/sample-store'
import { storedNames } from './store/stored-names'
import type { OpenSource } from './table'

/** Opens a data set that is kept as arrays in a folder; the caller closes it. */
export async function openStoredSource(source: Extract<DatasetSource, { kind: 'stored' }>): Promise<OpenSource> {
  const stored = await openStored(source.directory)
  const { classes, files, testDrawn, title, count } = stored.manifest
  const preprocessing = withRate(stored.manifest)
  const ownTest = stored.parts.includes(storedParts.indexOf('test'))
  const parts = ownTest ? stored.parts : withTestPart(stored)
  const store = fileStore(stored.samples)
  return {
    source,
    title,
    classes,
    preprocessing,
    ownTest: ownTest && !testDrawn,
    files: { ...files, skipped: files.skipped.filter(({ outcome }) => outcome !== 'ignored').length },
    table: {
      count,
      labels: stored.labels,
      parts,
      flags: stored.flags,
      stores: [store],
      names: storedNames(join(source.directory, storedFiles.names), count),
    },
    hold: () => store.hold(),
    close: () => store.close(),
  }
}

/** Preprocessing that tells the rate of sounds: an older version told it beside. */
function withRate({ preprocessing, rate }: OpenStored['manifest']): Preprocessing {
  const { shape, sound } = preprocessing
  if (sound || rate === null || shape.length !== 2) return preprocessing
  return { ...preprocessing, sound: { rate, length: shape[0] ?? 1 } }
}

/** The parts with samples set aside for the test; edits have no say in which. */
function withTestPart({ labels, manifest, samples, parts, positions }: OpenStored): Uint8Array {
  const learned = positions('train', 'validation')
  const { test } = setTestAside(labels, learned, manifest.classes.length, samples.path)
  const result = Uint8Array.from(parts)
  for (const row of test) result[row] = storedParts.indexOf('test')
  return result
}
