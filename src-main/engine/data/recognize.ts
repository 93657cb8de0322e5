import { access, readdir, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import type { DatasetSource, IdxPair } from '@shared/data/dataset'
import { storedFiles } from '@shared/data/stored-dataset'
import { AppError } from '@shared/ipc/errors'
import { checkPair, checkShapes, type Pair } from './idx-pair'
import { byteFile, readHead } from './readers/bytes'
import { looksLikeIdx, openIdx, type IdxFile } from './readers/idx'
import { readManifest } from './store/open-stored'

/** What systems leave in folders. */
const litter = /^(\.|thumbs\.db$|desktop\.ini$)/i
const testName = /t10k|test/i
/** So many files of a folder are looked at. */
const folderLimit = 1000

/**
 * Which data set files make. A folder in which one is stored, or its manifest, is that one. Else it is one pair of
 * pictures and labels, or two of which one is the test part. What a file holds is read from its first bytes; of two pairs
 * the one with `t10k` or `test` in its names is the test part, else the smaller. A folder stands for the IDX files in it.
 */
export async function recognizeFiles(paths: readonly string[]): Promise<DatasetSource> {
  const directory = await storedFolder(paths)
  if (directory !== undefined) return { kind: 'stored', title: (await readManifest(directory)).title, directory }
  const files = await Promise.all((await candidates(paths)).map((path) => openIdx(path)))
  const [train, test] = pairUp(files)
  checkShapes(train, test)
  const title = basename(dirname(train.images.file.path)).slice(0, 200)
  return { kind: 'idx', title, train: pathsOf(train), test: test ? pathsOf(test) : null }
}

async function storedFolder([path, ...others]: readonly string[]): Promise<string | undefined> {
  if (path === undefined || others.length > 0) return undefined
  const chosen = resolve(path)
  if (basename(chosen) === storedFiles.manifest) return dirname(chosen)
  return access(join(chosen, storedFiles.manifest)).then(
    () => chosen,
    () => undefined,
  )
}

function pathsOf({ images, labels }: Pair): IdxPair {
  return { images: images.file.path, labels: labels.file.path }
}

/** The files that a person means: those named, and of a folder those that look like IDX. */
async function candidates(paths: readonly string[]): Promise<string[]> {
  const found = new Set<string>()
  for (const path of paths.map((one) => resolve(one))) {
    if (litter.test(basename(path))) continue
    if (await isFolder(path)) for (const inside of await idxFilesIn(path)) found.add(inside)
    else found.add(path)
  }
  if (found.size === 0) throw new AppError('no-data-files', { path: paths[0] ?? '' })
  if (found.size > 4) throw new AppError('idx-too-many', { count: found.size })
  return [...found]
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory()
  } catch {
    // The reader that opens it says why.
    return false
  }
}

async function idxFilesIn(folder: string): Promise<string[]> {
  const paths = (await readdir(folder, { withFileTypes: true }))
    .filter((entry) => !entry.isDirectory() && !litter.test(entry.name))
    .map((entry) => join(folder, entry.name))
    .sort()
  const found: string[] = []
  for (const path of paths.slice(0, folderLimit)) if (await beginsAsIdx(path)) found.push(path)
  return found
}

async function beginsAsIdx(path: string): Promise<boolean> {
  try {
    return looksLikeIdx(await readHead(await byteFile(path), 4))
  } catch {
    return false
  }
}

function pairUp(files: readonly IdxFile[]): readonly [Pair, Pair?] {
  const images = files.filter((file) => file.content === 'images')
  const labels = files.filter((file) => file.content === 'labels')
  const [firstImages, secondImages] = images
  const [firstLabels, secondLabels] = labels
  if (!firstImages) throw new AppError('idx-lone-labels', { file: labels[0]?.file.path ?? '' })
  if (!firstLabels) throw new AppError('idx-lone-images', { file: firstImages.file.path })
  if (images.length !== labels.length || images.length > 2) {
    throw new AppError('idx-unpaired', { images: images.length, labels: labels.length })
  }
  if (!secondImages || !secondLabels) return [checkPair({ images: firstImages, labels: firstLabels })]
  const [trainImages, testImages] = trainFirst(firstImages, secondImages)
  const [trainLabels, testLabels] = trainFirst(firstLabels, secondLabels)
  return [
    checkPair({ images: trainImages, labels: trainLabels }),
    checkPair({ images: testImages, labels: testLabels }),
  ]
}

/** Of two files of one kind the training one first: by name, else by size; it must not be a matter of chance. */
function trainFirst(one: IdxFile, other: IdxFile): readonly [IdxFile, IdxFile] {
  const [oneIsTest, otherIsTest] = [one, other].map((idx) => testName.test(basename(idx.file.path)))
  if (oneIsTest !== otherIsTest) return oneIsTest ? [other, one] : [one, other]
  if (one.count === other.count) {
    throw new AppError('idx-ambiguous', { one: one.file.path, other: other.file.path, count: one.count })
  }
  return one.count > other.count ? [one, other] : [other, one]
}
