import type {
  CapturedSample,
  Collection,
  CollectionEdit,
  CollectionKind,
  CollectionStep,
  CollectionSummary,
} from '@shared/data/collection'
import { usualImport } from '@shared/data/import'
import type { FoundVideo } from '@shared/data/video'
import { Lock } from '@shared/lock'
import { defineStore } from 'pinia'
import { computed, shallowRef, watch } from 'vue'
import { api, pathsOf } from '@/api'
import { copyFiles, type Adding, type Copied, type CopiedPart } from './copy-files'
import { useDatasetStore } from './dataset'
import { useImportsStore } from './imports'
import { useNoticesStore } from './notices'
import { useProjectStore } from './project'
import { useWorkspaceStore } from './workspace'

/** What became of files that were to go into a class, where there is something to tell: some were left out, or it ended early. */
export interface AddedOutcome extends Copied {
  /** Where they lie. */
  readonly paths: readonly string[]
  readonly className: string
}

/** A step that can be taken back; steps of one group that add to one class are taken back together. */
interface Undo {
  readonly edit: CollectionEdit
  readonly group: symbol
}

/** So many steps can be taken back. */
const mostSteps = 200
/** So many samples, and so many bytes, are handed over at once. */
const batch = { samples: 64, bytes: 32 * 2 ** 20 }

/** A data set in the making: what the person gathers in classes, before an import makes a data set of it. */
export const useCollectionStore = defineStore('collection', () => {
  const notices = useNoticesStore()
  const current = shallowRef<Collection | null>(null)
  /** Whether the Data workspace shows it, in place of the open data. */
  const shown = shallowRef(false)
  const all = shallowRef<readonly CollectionSummary[]>([])
  const chosenName = shallowRef('')
  const steps = shallowRef<readonly Undo[]>([])
  const outcome = shallowRef<AddedOutcome | null>(null)
  /** Files are on their way into a class, or are looked for. */
  const adding = shallowRef(false)
  /** Null while they are looked for. */
  const progress = shallowRef<Adding | null>(null)
  /** What was dropped while other files are copied waits for them. */
  const copying = new Lock()
  /** Counted up to give up all that is copied or waits. */
  let cancels = 0

  const count = computed(() => current.value?.classes.reduce((sum, { files }) => sum + files.length, 0) ?? 0)
  /** The class that captures go into. */
  const chosen = computed(() => {
    const classes = current.value?.classes ?? []
    return classes.find(({ name }) => name === chosenName.value) ?? classes[0] ?? null
  })

  watch(
    () => useProjectStore().path,
    () => {
      take(null)
      shown.value = false
      all.value = []
    },
  )

  // Data that was opened meanwhile, from another workspace say, is what the person wants to see.
  watch(
    () => useDatasetStore().summary,
    (summary) => {
      if (summary) shown.value = false
    },
  )

  function take(collection: Collection | null): void {
    if (collection?.id !== current.value?.id) {
      steps.value = []
      outcome.value = null
      cancelAdding()
      chosenName.value = ''
    }
    current.value = collection
  }

  async function refresh(): Promise<void> {
    all.value = (await notices.attempt(() => api.listCollections({}))) ?? []
  }

  /** Shows the project's last collection; undefined: there is none yet, and one is to be begun. */
  async function resume(): Promise<boolean> {
    await refresh()
    const [last] = all.value
    return last ? open(last.id) : false
  }

  async function open(id: string): Promise<boolean> {
    const opened = await notices.attempt(() => api.openCollection({ id }))
    if (opened) show(opened)
    return opened !== undefined
  }

  /** Begins a collection with some classes, which have no samples yet. */
  async function begin(title: string, kind: CollectionKind, classes: readonly string[]): Promise<boolean> {
    const made = await notices.attempt(async () => {
      let collection = await api.createCollection({ title, kind })
      for (const name of classes) {
        const step = await api.editCollection({ id: collection.id, edit: { do: 'addClass', name } })
        collection = step.collection
      }
      return collection
    })
    if (made) show(made)
    return made !== undefined
  }

  function show(collection: Collection): void {
    take(collection)
    shown.value = true
    useWorkspaceStore().go('data')
    void refresh()
  }

  /** Goes back to the open data; a collection without samples is not kept. */
  async function leave(): Promise<void> {
    shown.value = false
    const id = current.value?.id
    if (id === undefined || count.value > 0) return
    take(null)
    await notices.attempt(() => api.discardCollection({ id }))
  }

  /** Takes a step; a failure is told and changes nothing. What takes it back is kept in a group; null: it is not. */
  async function attempt(step: (id: string) => Promise<CollectionStep>, group: symbol | null): Promise<boolean> {
    const id = current.value?.id
    if (id === undefined) return false
    const done = await notices.attempt(() => step(id))
    if (!done || current.value?.id !== id) return false
    current.value = done.collection
    if (done.undo && group) keep({ edit: done.undo, group })
    return true
  }

  function keep({ edit: next, group }: Undo): void {
    const last = steps.value.at(-1)
    const together = last?.group === group && last.edit.do === 'removeFiles' && next.do === 'removeFiles'
    if (together && last.edit.name === next.name) {
      const merged = { ...next, files: [...last.edit.files, ...next.files] }
      steps.value = [...steps.value.slice(0, -1), { edit: merged, group }]
    } else steps.value = [...steps.value, { edit: next, group }].slice(-mostSteps)
  }

  function edit(wanted: CollectionEdit): Promise<boolean> {
    return attempt((id) => api.editCollection({ id, edit: wanted }), Symbol('edit'))
  }

  async function rename(name: string, next: string): Promise<boolean> {
    const at = current.value?.classes.findIndex((one) => one.name === name) ?? -1
    const wasChosen = chosen.value?.name === name
    const done = await edit({ do: 'renameClass', name, next })
    // The name is what the main process made of it.
    if (done && wasChosen) chosenName.value = current.value?.classes[at]?.name ?? ''
    return done
  }

  /** Takes the last step back. */
  async function undo(): Promise<void> {
    const last = steps.value.at(-1)
    if (!last) return
    steps.value = steps.value.slice(0, -1)
    await attempt((id) => api.editCollection({ id, edit: last.edit }), null)
  }

  /** Adds captured samples to a class, in the order in which they come; those of a `group` are taken back together. */
  async function addSamples(
    name: string,
    samples: readonly CapturedSample[],
    group = Symbol('samples'),
  ): Promise<boolean> {
    for (const part of inBatches(samples)) {
      if (!(await attempt((id) => api.addSamples({ id, name, samples: part }), group))) return false
    }
    return true
  }

  /** Copies files, and what is in folders, into a class; what is no sample is left out and told. */
  function addPaths(name: string, paths: readonly string[]): Promise<void> {
    const ticket = cancels
    const id = current.value?.id
    return copying.run(async () => {
      if (paths.length === 0 || id === undefined || ticket !== cancels) return
      adding.value = true
      progress.value = null
      outcome.value = null
      const files = await notices.attempt(() => api.filesToAdd({ paths: [...paths] }))
      if (files && ticket === cancels) {
        const group = Symbol('files')
        const done = await copyFiles({
          files,
          copy: (part) => copy({ id, name }, part, group),
          cancelled: () => ticket !== cancels,
          progress: (news) => (progress.value = news),
        })
        const told = done.stopped !== null || done.refused.length > 0
        if (told && current.value?.id === id) outcome.value = { ...done, paths, className: name }
      }
      adding.value = false
    })
  }

  async function copy(
    place: { readonly id: string; readonly name: string },
    paths: string[],
    group: symbol,
  ): Promise<CopiedPart> {
    const { refused, failed, collection, undo } = await api.addFiles({ ...place, paths })
    if (current.value?.id === place.id) {
      current.value = collection
      if (undo) keep({ edit: undo, group })
    }
    return { added: undo?.do === 'removeFiles' ? undo.files.length : 0, refused, failed }
  }

  /** Ends the copying of files, also of those that wait; what was copied before stays. */
  function cancelAdding(): void {
    cancels += 1
  }

  /** Adds files that were dropped or pasted, and returns those that lie nowhere on disk. */
  async function addDropped(name: string, files: readonly File[]): Promise<File[]> {
    await addPaths(name, pathsOf(files))
    return files.filter((file) => pathsOf([file]).length === 0)
  }

  /** Lets the person choose files for a class. */
  async function chooseFiles(name: string): Promise<void> {
    const paths = await notices.attempt(() => api.chooseDataFiles({}))
    if (paths) await addPaths(name, paths)
  }

  function choose(name: string): void {
    chosenName.value = name
  }

  function dismissOutcome(): void {
    outcome.value = null
  }

  /** The bytes of a sample; undefined where they cannot be read. */
  async function read(name: string, file: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const id = current.value?.id
    if (id === undefined) return undefined
    try {
      return (await api.readCollected({ id, name, file })).bytes
    } catch {
      // Removed meanwhile, or gone: an import tells of it.
      return undefined
    }
  }

  /** Makes a data set of it and opens that; a failure is told where that of any import is. */
  async function makeDataset(): Promise<boolean> {
    const collection = current.value
    if (!collection) return false
    const { folder, title, kind } = collection
    const { record } = useImportsStore()
    // Once made, it is made again with the same settings.
    const before = record?.paths[0] === folder ? record.settings : usualImport
    shown.value = false
    const done = await useDatasetStore().importFiles({ paths: [folder], settings: { ...before, title, as: kind } })
    if (!done && current.value?.id === collection.id) shown.value = true
    return done
  }

  /** The videos among files. */
  async function findVideos(paths: readonly string[]): Promise<FoundVideo[]> {
    return (await notices.attempt(() => api.findVideos({ paths: [...paths] }))) ?? []
  }

  /** A video's bytes; throws the `AppError` of a failure. */
  async function readVideo(number: number): Promise<Uint8Array<ArrayBuffer>> {
    return (await api.readVideo({ number })).bytes
  }

  return {
    current,
    shown,
    all,
    chosen,
    count,
    steps,
    outcome,
    adding,
    progress,
    resume,
    refresh,
    open,
    begin,
    leave,
    edit,
    rename,
    undo,
    addSamples,
    addDropped,
    chooseFiles,
    cancelAdding,
    choose,
    dismissOutcome,
    read,
    makeDataset,
    findVideos,
    readVideo,
  }
})

/** The collection that an imported folder belongs to; undefined for any other folder. */
export function collectionOf(paths: readonly string[]): string | undefined {
  const [path = '', ...others] = paths
  return others.length === 0 ? /[\\/]collected[\\/](\d{4,9})[\\/]samples[\\/]?$/.exec(path)?.[1] : undefined
}

function inBatches(samples: readonly CapturedSample[]): CapturedSample[][] {
  const batches: CapturedSample[][] = []
  let room = { samples: 0, bytes: 0 }
  for (const sample of samples) {
    if (room.samples === 0 || room.bytes < sample.bytes.length) {
      batches.push([])
      room = { ...batch }
    }
    batches.at(-1)?.push(sample)
    room = { samples: room.samples - 1, bytes: room.bytes - sample.bytes.length }
  }
  return batches
}
