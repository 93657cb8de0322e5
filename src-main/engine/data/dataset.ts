import type { DatasetSource, DatasetSummary, IdxPair, Part } from '@shared/data/dataset'
import { AppError } from '@shared/ipc/errors'
import { range } from '../random'
import { checkPair, checkShapes, type Pair } from './idx-pair'
import { idxPixels, type PixelStore } from './pixel-store'
import { openIdx, readElements } from './readers/idx'
import { recognizeFiles } from './recognize'
import { sampleSet, sampleSetDirectory } from './sample-sets'
import { byClass, classCounts, stratifiedSplit, testShare } from './split'

/** One part of a data set: samples by number, with their labels. */
export interface DatasetPart {
  readonly count: number
  readonly labels: Uint8Array
  /** The samples of each class, in rising order. */
  readonly members: readonly Uint32Array[]
  /** Copies a sample's values (0 to 255) into `target` from position `at` on. */
  copy(index: number, target: Uint8Array, at: number): void
}

/** An opened data set. `hold` takes its pictures into memory where they fit, `close` lets its files go. */
export interface Dataset {
  readonly summary: DatasetSummary
  readonly train: DatasetPart
  readonly test: DatasetPart
  hold(): Promise<void>
  close(): void
}

/** The set-aside part of a source without a test part depends on the source alone, so its seed is fixed. */
const testSeed = 0

/** Opens a data set from its source; the caller closes it. */
export async function openDataset(source: DatasetSource): Promise<Dataset> {
  const { title, classes, train, test } = await locate(source)
  const trainPair = await openPair(train)
  const testPair = test ? await openPair(test) : undefined
  checkShapes(trainPair, testPair)
  const names = classes ?? numberedClasses(trainPair.values)
  checkLabels(trainPair, names.length)
  if (testPair) checkLabels(testPair, names.length)

  const stores = await openStores([trainPair, ...(testPair ? [testPair] : [])])
  const parts = makeParts(trainPair, testPair, stores, names.length)
  const counts = { train: countsOf(parts.train), test: countsOf(parts.test) }
  return {
    ...parts,
    summary: {
      source,
      title,
      shape: [...trainPair.images.shape],
      classes: [...names],
      counts,
      ownTest: testPair !== undefined,
      majorityShare: Math.max(...counts.test) / parts.test.count,
    },
    hold: async () => void (await Promise.all(stores.map((store) => store.hold()))),
    close: () => stores.forEach((store) => store.close()),
  }
}

/** The part of a data set by its name. */
export function partOf(dataset: Dataset, part: Part): DatasetPart {
  return part === 'train' ? dataset.train : dataset.test
}

interface Place {
  readonly title: string
  readonly classes: readonly string[] | undefined
  readonly train: IdxPair
  readonly test: IdxPair | null
}

async function locate(source: DatasetSource): Promise<Place> {
  if (source.kind === 'idx') return { ...source, classes: undefined }
  const set = sampleSet(source.id)
  const found = await recognizeFiles([sampleSetDirectory(set)])
  if (found.kind !== 'idx') throw new AppError('sample-set-missing', { title: set.title })
  return { title: set.title, classes: set.classes, train: found.train, test: found.test }
}

type OpenPair = Pair & { readonly values: Uint8Array }

async function openPair(paths: IdxPair): Promise<OpenPair> {
  const pair = checkPair({ images: await openIdx(paths.images), labels: await openIdx(paths.labels) })
  return { ...pair, values: await readElements(pair.labels) }
}

function numberedClasses(labels: Uint8Array): string[] {
  const highest = labels.reduce((most, label) => Math.max(most, label), 0)
  return Array.from({ length: highest + 1 }, (_, index) => String(index))
}

function checkLabels({ labels, values }: OpenPair, classCount: number): void {
  const position = values.findIndex((label) => label >= classCount)
  if (position < 0) return
  const params = { file: labels.file.path, position, found: values[position] ?? 0, highest: classCount - 1 }
  throw new AppError('label-out-of-range', params)
}

/** Opens the pictures of all pairs, or of none. */
async function openStores(pairs: readonly OpenPair[]): Promise<PixelStore[]> {
  const stores: PixelStore[] = []
  try {
    for (const { images } of pairs) stores.push(await idxPixels(images))
    return stores
  } catch (error) {
    for (const store of stores) store.close()
    throw error
  }
}

function makeParts(
  train: OpenPair,
  test: OpenPair | undefined,
  [trainStore, testStore]: readonly PixelStore[],
  classCount: number,
): { train: DatasetPart; test: DatasetPart } {
  if (!trainStore) throw new RangeError('A data set has a training part')
  if (test && testStore) {
    return {
      train: makePart(train.values, trainStore, range(train.values.length), classCount),
      test: makePart(test.values, testStore, range(test.values.length), classCount),
    }
  }
  const { kept, setAside } = stratifiedSplit(train.values, classCount, testShare, testSeed)
  if (setAside.length === 0) {
    trainStore.close()
    throw new AppError('too-few-samples', { file: train.images.file.path, count: train.images.count })
  }
  return {
    train: makePart(train.values, trainStore, kept, classCount),
    test: makePart(train.values, trainStore, setAside, classCount),
  }
}

/** The samples of a store at some positions. */
function makePart(all: Uint8Array, store: PixelStore, positions: Uint32Array, classCount: number): DatasetPart {
  const labels = Uint8Array.from(positions, (position) => all[position] ?? 0)
  return {
    count: positions.length,
    labels,
    members: byClass(labels, classCount),
    copy: (index, target, at) => store.copy(positions[index] ?? -1, target, at),
  }
}

function countsOf(part: DatasetPart): number[] {
  return classCounts(part.labels, part.members.length)
}
