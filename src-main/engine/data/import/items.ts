import type { ImportSettings } from '@shared/data/import'
import type { SkippedFile, StoredPart } from '@shared/data/stored-dataset'
import { AppError } from '@shared/ipc/errors'
import { Refusal, type Decoded, type DecodedValues } from '../decode/contract'
import type { Outcome } from '../decode/decode-file'
import { inCountingOrder } from '../decode/volume/slices'
import { arraySetsOf, partInFileName, sampleOf, type ArraySet } from './array-sets'
import { decodeFound } from './decode-found'
import type { Found, Gathered } from './gather'
import { isText, labelsOf, type Labelled } from './labels'
import { partsOf } from './parts'
import type { PlainRefusal } from './prepare-messages'
import { volumesOfFolders } from './slice-folders'
import { asSample } from './survey'

/** What a data set is made of, before its samples are. */
export interface Items {
  /** One for each file, or for each sample of files of arrays. */
  readonly labelled: readonly Labelled[]
  readonly parts: readonly StoredPart[]
  /** What came has no test part of its own: if there is one, it was drawn. */
  readonly testDrawn: boolean
  readonly classes: readonly string[]
  readonly skipped: readonly SkippedFile[]
  /** Files of arrays count once however many samples they hold. */
  readonly arrayFiles: number
  /** What is decoded of files with several frames or pages. */
  readonly frames: ImportSettings['frames']
  decode(item: number): Promise<Outcome>
}

/** Why a file is not used, as a report keeps it. */
export function skippedBy(file: string, { code, outcome, params }: PlainRefusal): SkippedFile {
  return { file, outcome, code, params: { ...params } }
}

/**
 * The same of all files that an item is made of. Of a volume's slices the one that the refusal is about has it, the
 * others that they came to nothing with it.
 */
export function skippedItem(file: Found, refusal: PlainRefusal): SkippedFile[] {
  const { slices } = file
  if (!slices) return [skippedBy(file.name, refusal)]
  const culprit = slices[Number(refusal.params.slice) - 1]
  const others = culprit ? new Refusal('volume-incomplete', { file: culprit.name }) : refusal
  return slices.map((slice) => skippedBy(slice.name, slice === culprit ? refusal : others))
}

/** How many files an item is made of. */
export function filesOf({ slices }: Found): number {
  return slices?.length ?? 1
}

/** Finds out what the files are: samples with a class each, or arrays of many samples. Nothing is written. */
export async function itemsOf({ files, refused }: Gathered, settings: ImportSettings): Promise<Items> {
  const given = refused.map(({ name, refusal }) => skippedBy(name, refusal))
  const single = files.filter(({ name }) => !isText(name))
  const arrays = settings.slices ? undefined : await arraysIn(single.length > 0 ? single : files)
  if (arrays) {
    const names = await namesOfClasses(files)
    return itemsOfArrays(arrays.sets, names, [...given, ...arrays.skipped], arrays.files, settings)
  }
  if (single.length === 0) throw nothingIn(files)
  const samples = settings.slices ? volumesOfFolders(single) : single
  const frames = framesOf(settings)
  const others = files.filter(({ name }) => isText(name))
  const { labelled, without } = await labelsOf(samples, others, settings).catch(async (thrown: unknown) => {
    const classless = thrown instanceof AppError && thrown.code === 'import-no-classes'
    throw classless && !(await anySample(samples)) ? nothingIn(samples) : thrown
  })
  const classes = inCountingOrder([...new Set(labelled.map(({ label }) => label))])
  const ignored = others.map(({ name }) => skippedBy(name, new Refusal('is-text', {}, 'ignored')))
  const unlabelled = without.flatMap(({ file, code }) => skippedItem(file, new Refusal(code)))
  return {
    labelled,
    classes,
    ...partsOf(labelled, classes, settings),
    skipped: [...given, ...ignored, ...unlabelled],
    arrayFiles: 0,
    frames,
    decode: async (item) => decodeFound(labelled[item]?.file, frames),
  }
}

function nothingIn(files: readonly Found[]): AppError {
  return new AppError('import-nothing', { count: files.length, file: files[0]?.name ?? '–' })
}

/** So many files are looked at before it is said that their classes are all that is missing. */
const lookedAt = 8

async function anySample(files: readonly Found[]): Promise<boolean> {
  for (const file of files.slice(0, lookedAt)) {
    const outcome = await decodeFound(file)
    if (!outcome.ok || !asSample(outcome.decoded)) continue
    // A mere row of numbers may as well be the labels of something that is not there.
    if (outcome.decoded.kind !== 'array' || outcome.decoded.shape.length > 1) return true
  }
  return false
}

/** What is decoded of files with several frames: of volumes all of them, whatever the setting for other files says. */
function framesOf({ as, frames }: ImportSettings): ImportSettings['frames'] {
  return as === 'volumes' ? 'all' : frames
}

/** So many files may be arrays of many samples: CIFAR has six. */
const mostArrayFiles = 64

/** The sets in files of arrays; undefined where the files are no such. */
async function arraysIn(
  files: readonly Found[],
): Promise<{ sets: readonly NamedSet[]; skipped: SkippedFile[]; files: number } | undefined> {
  if (files.length === 0 || files.length > mostArrayFiles) return undefined
  const sets: NamedSet[] = []
  const skipped: SkippedFile[] = []
  const lone = new Map<Found, DecodedValues>()
  for (const file of files) {
    const outcome = await decodeFound(file)
    const found = outcome.ok ? setsIn(outcome.decoded, file.name) : []
    sets.push(...found.map((set) => ({ set, file })))
    if (!outcome.ok) skipped.push(skippedBy(file.name, outcome.refusal))
    else if (outcome.decoded.kind === 'array') lone.set(file, outcome.decoded)
    // Pictures and sounds are one sample each: they are no arrays, and neither are the files beside them.
    else if (outcome.decoded.kind !== 'table' && outcome.decoded.kind !== 'arrays') return undefined
    else if (found.length === 0) skipped.push(skippedBy(file.name, new Refusal('no-arrays', {}, 'ignored')))
  }
  const pairs = pairsOf(lone)
  const all = [...sets, ...pairs.sets]
  // Arrays without labels are one sample each, as pictures are.
  if (all.length === 0) return undefined
  const unpaired = pairs.unpaired.map(({ name }) => skippedBy(name, new Refusal('no-arrays')))
  const used = new Set(sets.map(({ file }) => file)).size + 2 * pairs.sets.length
  return { sets: all, skipped: [...skipped, ...unpaired], files: used }
}

/** Files of samples with files of their labels, as IDX has them: of one length, and named alike but for `images` and `labels`. */
function pairsOf(lone: ReadonlyMap<Found, DecodedValues>): { sets: NamedSet[]; unpaired: Found[] } {
  const key = (name: string) => name.replace(/idx\d/i, 'idx').replace(/images?|labels?|[xy](?=[_.-])/gi, '')
  const sets: NamedSet[] = []
  const unpaired = new Set(lone.keys())
  for (const [file, samples] of lone) {
    if (samples.shape.length < 2) continue
    for (const [other, labels] of lone) {
      const fits = labels.shape.length === 1 && labels.shape[0] === samples.shape[0]
      if (!fits || key(other.name) !== key(file.name) || !unpaired.has(other)) continue
      sets.push({ file, set: { samples, labels: Array.from(labels.values, String), part: partInFileName(file.name) } })
      unpaired.delete(file)
      unpaired.delete(other)
      break
    }
  }
  return { sets, unpaired: [...unpaired] }
}

interface NamedSet {
  readonly set: ArraySet
  readonly file: Found
}

function setsIn(decoded: Decoded, name: string): ArraySet[] {
  return decoded.kind === 'arrays' ? arraySetsOf(decoded, name) : []
}

const classNames = /(^|\/)(batches\.meta|classes|class_names|labels|label_names)\.txt$/i

/** What classes that are numbers are called, by a text beside the arrays with one name in a line. */
async function namesOfClasses(files: readonly Found[]): Promise<readonly string[]> {
  const file = files.find(({ name }) => classNames.test(name))
  try {
    const source = await file?.open()
    const text = source ? new TextDecoder().decode(await source.read(0, Math.min(source.size, 2 ** 20))) : ''
    return text
      .split(/\r?\n/)
      .map((line) => line.trim())
      .filter((line) => line !== '')
  } catch (thrown) {
    if (thrown instanceof Refusal) return []
    throw thrown
  }
}

function itemsOfArrays(
  sets: readonly NamedSet[],
  names: readonly string[],
  skipped: readonly SkippedFile[],
  arrayFiles: number,
  settings: ImportSettings,
): Items {
  const places = sets.flatMap(({ set, file }) => set.labels.map((label, n) => ({ set, file, label, n })))
  const named = places.every(({ label }) => names[Number(label)] !== undefined)
  const nameOf = (label: string) => (named ? (names[Number(label)] ?? label) : label)
  const labelled = places.map(({ file, label, set }): Labelled => ({ file, label: nameOf(label), part: set.part }))
  // Numbers keep their order whatever they are called.
  const classes = inCountingOrder([...new Set(places.map(({ label }) => label))]).map(nameOf)
  return {
    labelled,
    classes,
    ...partsOf(labelled, classes, settings),
    skipped,
    arrayFiles,
    frames: 'first',
    decode: (item) => {
      const place = places[item]
      const decoded: DecodedValues | undefined = place && sampleOf(place.set, place.n)
      return Promise.resolve(decoded ? { ok: true, decoded } : { ok: false, refusal: new Refusal('gone') })
    },
  }
}
