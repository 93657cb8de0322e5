import { copyFile, rm, stat, statfs } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import {
  CollectionId,
  type CapturedSample,
  type Collection,
  type CollectionEdit,
  type CollectionKind,
  type CollectionStep,
  type CollectionSummary,
  type RefusedFile,
} from '@shared/data/collection'
import { budgetOf, type Room } from '@shared/data/import-plan'
import type { ProbeReport } from '@shared/data/probe'
import { AppError, toReport, type ErrorReport } from '@shared/ipc/errors'
import { Lock } from '@shared/lock'
import type { Log } from '@shared/log'
import type { EngineHost } from '../engine-host/host'
import { isMissing, reasonOf } from './atomic-file'
import { CollectionFolder, writeNew, type NewFile } from './collection-folder'
import { plainFile, plainName } from './collection-names'
import { nextName } from './numbered-name'
import { namesIn } from './read-folder'

export interface CollectionsOptions {
  readonly engine: Pick<EngineHost, 'client'>
  /** The folder of the open project. */
  readonly projectFolder: () => string
  readonly log: Log
}

/** Into which class of which collection something goes. */
export interface ClassPlace {
  readonly id: string
  readonly name: string
}

export interface AddedFiles extends CollectionStep {
  readonly refused: RefusedFile[]
  /** Why not all were copied; those before were. */
  readonly failed: ErrorReport | null
}

/** The data sets that a person gathers by hand: folders `collected/<number>` of the open project. */
export interface Collections {
  /** Those of the project, the newest first. One that cannot be read is left out and reported in the log. */
  list(): Promise<CollectionSummary[]>
  create(title: string, kind: CollectionKind): Promise<Collection>
  /** Opens one; what was removed from it in an earlier session of the program is gone from then on. */
  open(id: string): Promise<Collection>
  edit(id: string, edit: CollectionEdit): Promise<CollectionStep>
  /** Writes what the window captured into a class. */
  addSamples(place: ClassPlace, samples: readonly CapturedSample[]): Promise<CollectionStep>
  /** The files at and below paths. Refuses more than can be copied in one step, and more than the disk has room for. */
  filesToAdd(paths: readonly string[]): Promise<string[]>
  /** Copies files into a class, but for those that are no sample of this collection's kind. */
  addFiles(place: ClassPlace, paths: readonly string[]): Promise<AddedFiles>
  readSample(place: ClassPlace, file: string): Promise<Uint8Array<ArrayBuffer>>
  /** Removes a collection in which there is no sample; others stay. */
  discard(id: string): Promise<void>
}

/** So many files at once; whoever has more drops their folder as a whole on the window. */
const mostFiles = 20_000

export function createCollections({ engine, projectFolder, log }: CollectionsOptions): Collections {
  /** Those whose removed samples are of this session. */
  const opened = new Set<string>()
  /** One step after another. */
  const lock = new Lock()

  const home = () => join(projectFolder(), 'collected')
  const folder = (id: string) => new CollectionFolder(join(home(), id), id)

  async function ids(): Promise<string[]> {
    return (await namesIn(home())).filter((name) => CollectionId.safeParse(name).success).sort()
  }

  async function open(id: string): Promise<Collection> {
    const one = folder(id)
    if (!opened.has(one.directory)) await one.purge()
    opened.add(one.directory)
    return one.read()
  }

  async function added({ id, name }: ClassPlace, files: readonly NewFile[]) {
    const { written, failed } = await folder(id).add(name, files)
    const undo: CollectionEdit | null = written.length > 0 ? { do: 'removeFiles', name, files: written } : null
    return { collection: await folder(id).read(), undo, failed }
  }

  async function filesIn(path: string): Promise<string[]> {
    const found = await stat(path).catch((cause: unknown) => {
      throw new AppError('file-missing', { file: path }, { cause })
    })
    if (!found.isDirectory()) return [path]
    return (await (await engine.client()).listFiles({ path })).files
  }

  /** Refuses files that the project's disk has no room for. One whose size is not told is found out about when it is copied. */
  async function refuseWithoutRoom(files: readonly string[]): Promise<void> {
    let needed = 0
    for (const file of files)
      needed += await stat(file).then(
        ({ size }) => size,
        () => 0,
      )
    const path = home()
    const free = budgetOf(await roomAt(path))
    if (needed > free)
      throw new AppError('collection-no-room', { needs: inMegabytes(needed), free: inMegabytes(free), path })
  }

  /** Why a file is no sample of a kind, as an import would say; undefined: it is one. */
  async function refusal(path: string, kind: CollectionKind): Promise<Omit<RefusedFile, 'file'> | undefined> {
    const frames = kind === 'volumes' ? 'all' : 'first'
    const reports = await (await engine.client()).probeFile({ path, at: [], frames })
    const [report] = reports
    if (!report || reports.length > 1) return { code: 'format-not-read', params: { format: 'ZIP' } }
    if (report.reason) return report.reason
    return isOfKind(report, kind) ? undefined : { code: 'other-kind', params: { format: report.format ?? '' } }
  }

  return {
    async list() {
      const found: CollectionSummary[] = []
      for (const id of await ids()) {
        try {
          const { title, kind, classes } = await folder(id).read()
          const samples = classes.reduce((sum, { files }) => sum + files.length, 0)
          found.unshift({ id, title, kind, samples })
        } catch (thrown) {
          log.warn(`Collection ${id} cannot be read: ${reasonOf(thrown)}`)
        }
      }
      return found
    },
    create: (title, kind) =>
      lock.run(async () => {
        const id = nextName(await ids())
        await folder(id).create(title, kind)
        return open(id)
      }),
    open: (id) => lock.run(() => open(id)),
    edit: (id, edit) =>
      lock.run(async () => {
        const undo = await folder(id).take(edit)
        return { collection: await folder(id).read(), undo }
      }),
    addSamples: (place, samples) =>
      lock.run(async () => {
        const files = samples.map(({ name, format, bytes }): NewFile => ({
          stem: plainName(name) || 'sample',
          ending: `.${format}`,
          numbered: true,
          write: (path) => writeNew(path, bytes),
        }))
        const { failed, ...step } = await added(place, files)
        if (failed) throw failed
        return step
      }),
    async filesToAdd(paths) {
      const all = (await Promise.all(paths.map(filesIn))).flat()
      if (all.length > mostFiles) throw new AppError('collection-too-many', { count: all.length, most: mostFiles })
      await refuseWithoutRoom(all)
      return all
    },
    addFiles: (place, paths) =>
      lock.run(async () => {
        const { kind } = await folder(place.id).read()
        const refused: RefusedFile[] = []
        const taken: NewFile[] = []
        for (const path of paths) {
          const reason = await refusal(path, kind)
          if (reason) {
            refused.push({ file: basename(path), ...reason })
            continue
          }
          const [stem, ending] = plainFile(path)
          taken.push({ stem, ending, numbered: false, write: (to) => copyFile(path, to) })
        }
        const { failed, ...step } = await added(place, taken)
        return { ...step, refused, failed: failed && toReport(failed) }
      }),
    readSample: ({ id, name }, file) => folder(id).readFile(name, file),
    discard: (id) =>
      lock.run(async () => {
        const { classes } = await folder(id).read()
        if (classes.every(({ files }) => files.length === 0)) {
          await rm(join(home(), id), { recursive: true, force: true })
        }
      }),
  }
}

/** The room on a path's disk. Where the system does not tell it, the disk itself will, when it is full. */
async function roomAt(path: string): Promise<Room> {
  try {
    const { bavail, blocks, bsize } = await statfs(path)
    return { free: bavail * bsize, size: blocks * bsize }
  } catch (thrown) {
    if (isMissing(thrown) && dirname(path) !== path) return roomAt(dirname(path))
    return { free: Number.MAX_SAFE_INTEGER, size: Number.MAX_SAFE_INTEGER }
  }
}

const inMegabytes = (bytes: number): number => Math.ceil(bytes / 2 ** 20)

/** A sound has a rate; a picture and a volume differ by their axes, and single arrays may be either. */
function isOfKind({ figures }: ProbeReport, kind: CollectionKind): boolean {
  if (!figures) return false
  const axes = figures.shape.length
  if (kind === 'sounds') return figures.rate !== null
  return figures.rate === null && (kind === 'pictures' ? axes === 2 || axes === 3 : axes === 3 || axes === 4)
}
