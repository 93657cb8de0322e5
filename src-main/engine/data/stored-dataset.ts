import type { DatasetSource } from '@shared/data/dataset'
import type { Dataset } from './dataset'
import { countsOf, makePart, setTestAside } from './part'
import { openStored, type OpenStored } from './store/open-stored'
import { fileStore } from './store/sample-store'

/** Opens a data set that is kept as arrays in a folder; the caller closes it. */
export async function openStoredDataset(source: Extract<DatasetSource, { kind: 'stored' }>): Promise<Dataset> {
  const stored = await openStored(source.directory)
  const { classes, files, preprocessing, testDrawn, title } = stored.manifest
  const rows = rowsOf(stored)
  const store = fileStore(stored.samples)
  const train = makePart(stored.labels, store, rows.train, classes.length)
  const test = makePart(stored.labels, store, rows.test, classes.length)
  const counts = { train: countsOf(train), test: countsOf(test) }
  const held = rows.validation
  return {
    train,
    test,
    ...(held.length > 0 ? { validation: held } : {}),
    preprocessing,
    summary: {
      source,
      title,
      shape: [...preprocessing.shape],
      classes: [...classes],
      counts,
      ownTest: rows.ownTest && !testDrawn,
      ...(held.length > 0 ? { validation: held.length } : {}),
      majorityShare: Math.max(...counts.test) / test.count,
      files: { ...files, skipped: files.skipped.filter(({ outcome }) => outcome !== 'ignored').length },
    },
    hold: () => store.hold(),
    close: () => store.close(),
  }
}

/** Rows of the two parts; of those in training, the positions that are for validation. */
function rowsOf({ labels, manifest, samples, positions }: OpenStored) {
  const ownTest = positions('test')
  const learned = positions('train', 'validation')
  const { train, test } =
    ownTest.length > 0
      ? { train: learned, test: ownTest }
      : setTestAside(labels, learned, manifest.classes.length, samples.path)
  const forValidation = new Set(positions('validation'))
  const validation = Uint32Array.from([...train.keys()].filter((n) => forValidation.has(train[n] ?? -1)))
  return { train, test, validation, ownTest: ownTest.length > 0 }
}
