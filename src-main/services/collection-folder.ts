import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import {
  CollectionFile,
  largestSample,
  usualClip,
  type CollectedClass,
  type Collection,
  type CollectionEdit,
  type CollectionKind,
} from '@shared/data/collection'
import { AppError } from '@shared/ipc/errors'
import { isMissing, reasonOf, writeAtomic } from './atomic-file'
import { className, FreeNames, sameName } from './collection-names'
import { nextName } from './numbered-name'
import { entriesIn } from './read-folder'

const file = 'collection.json'
/** The samples stand apart from what tells of them, so that an import of this folder finds nothing but samples. */
const samples = 'samples'
const removed = 'removed'

/** What was removed in one step: files of a class, or (`at` is its place) the class as a whole. */
const Removal = z.object({ name: z.string().min(1), at: z.int().min(0).nullable() })
const removalFile = 'removal.json'

/** A new sample's content, or a way to write it. */
export interface NewFile {
  readonly stem: string
  readonly ending: string
  readonly numbered: boolean
  write(path: string): Promise<void>
}

/** The names of files that were written, and what ended that too early. */
export interface Added {
  readonly written: string[]
  readonly failed: AppError | null
}

/** One collection on disk. Its steps must not run at the same time. */
export class CollectionFolder {
  constructor(
    readonly directory: string,
    readonly id: string,
  ) {}

  async create(title: string, kind: CollectionKind): Promise<void> {
    await guarded(this.directory, () => mkdir(join(this.directory, samples), { recursive: true }))
    await this.#keep({ version: 1, title, kind, clip: usualClip, classes: [] })
  }

  async read(): Promise<Collection> {
    const { title, kind, clip, classes: order } = await this.#list()
    const folder = join(this.directory, samples)
    const found = (await entries(folder)).filter((entry) => entry.isDirectory()).map(({ name }) => name)
    const names = [...order, ...inOrder(found.filter((name) => !order.includes(name)))]
    const classes: CollectedClass[] = []
    for (const name of names) classes.push({ name, files: await this.#filesOf(name) })
    return { id: this.id, title, kind, clip, folder, classes }
  }

  /** Takes a step and returns the one that takes it back. */
  async take(edit: CollectionEdit): Promise<CollectionEdit> {
    switch (edit.do) {
      case 'setTitle': {
        const { title } = await this.#change((list) => ({ ...list, title: edit.title }))
        return { do: 'setTitle', title }
      }
      case 'setKind': {
        await this.#refuseFilled()
        const { kind } = await this.#change((list) => ({ ...list, kind: edit.kind }))
        return { do: 'setKind', kind }
      }
      case 'setClip': {
        await this.#refuseFilled()
        const { clip } = await this.#change((list) => ({ ...list, clip: edit.clip }))
        return { do: 'setClip', clip }
      }
      case 'addClass':
        return { do: 'removeClass', name: await this.#addClass(edit.name) }
      case 'renameClass':
        return { do: 'renameClass', name: await this.#rename(edit.name, edit.next), next: edit.name }
      case 'removeClass':
        return { do: 'restore', removal: await this.#removeClass(edit.name) }
      case 'removeFiles':
        return { do: 'restore', removal: await this.#removeFiles(edit.name, edit.files) }
      case 'restore':
        return this.#restore(edit.removal)
    }
  }

  /**
   * Writes new files into a class, each whole or not at all, up to the first that the disk does not take. What was written
   * before that stays: it can be seen, and removed like anything else.
   */
  async add(name: string, files: readonly NewFile[]): Promise<Added> {
    await this.#known(name)
    const folder = this.#folderOf(name)
    const free = new FreeNames(await this.#filesOf(name))
    const written: string[] = []
    await guarded(folder, () => mkdir(folder, { recursive: true }))
    for (const { stem, ending, numbered, write } of files) {
      const as = free.take(stem, ending, numbered)
      const temporary = join(folder, `.${written.length}.tmp`)
      try {
        await write(temporary)
        await rename(temporary, join(folder, as))
      } catch (cause) {
        await rm(temporary, { force: true }).catch(() => undefined)
        return { written, failed: cause instanceof AppError ? cause : failed(join(folder, as), cause) }
      }
      written.push(as)
    }
    return { written, failed: null }
  }

  /** The bytes of a sample. Refuses one that is too large to be looked at. */
  async readFile(name: string, fileName: string): Promise<Uint8Array<ArrayBuffer>> {
    const path = join(this.#folderOf(name), fileName)
    try {
      if ((await stat(path)).size > largestSample) throw new Error('EFBIG')
      return new Uint8Array(await readFile(path))
    } catch (cause) {
      throw new AppError('read-failed', { path, detail: reasonOf(cause) }, { cause })
    }
  }

  /** Forgets for good what was removed. */
  async purge(): Promise<void> {
    await rm(join(this.directory, removed), { recursive: true, force: true })
  }

  async #list(): Promise<CollectionFile> {
    const path = join(this.directory, file)
    try {
      return CollectionFile.parse(JSON.parse(await readFile(path, 'utf8')))
    } catch (cause) {
      if (isMissing(cause)) throw new AppError('collection-missing', { path: this.directory }, { cause })
      throw new AppError('collection-damaged', { path, detail: reasonOf(cause).slice(0, 300) }, { cause })
    }
  }

  async #keep(list: CollectionFile): Promise<void> {
    await writeAtomic(join(this.directory, file), `${JSON.stringify(list, null, 2)}\n`)
  }

  /** Changes the list and returns what it was. */
  async #change(edit: (list: CollectionFile) => CollectionFile): Promise<CollectionFile> {
    const before = await this.#list()
    await this.#keep(edit(before))
    return before
  }

  async #refuseFilled(): Promise<void> {
    const { classes } = await this.read()
    if (classes.some(({ files }) => files.length > 0)) throw new AppError('collection-filled')
  }

  /** The names of all classes. Nothing is changed in a collection that cannot be read. */
  async #names(): Promise<string[]> {
    return (await this.read()).classes.map(({ name }) => name)
  }

  /** The names of all classes; refuses a class that is none of them. */
  async #known(name: string): Promise<string[]> {
    const names = await this.#names()
    if (!names.includes(name)) throw new AppError('collection-class-missing', { name })
    return names
  }

  async #addClass(wanted: string): Promise<string> {
    const names = await this.#names()
    const name = className(wanted, names)
    await guarded(this.directory, () => mkdir(this.#folderOf(name), { recursive: true }))
    await this.#change((list) => ({ ...list, classes: [...names, name] }))
    return name
  }

  async #rename(name: string, wanted: string): Promise<string> {
    const names = await this.#known(name)
    const next = className(
      wanted,
      names.filter((other) => other !== name),
    )
    await guarded(this.directory, () => mkdir(this.#folderOf(name), { recursive: true }))
    await guarded(this.#folderOf(next), () => rename(this.#folderOf(name), this.#folderOf(next)))
    await this.#change((list) => ({ ...list, classes: names.map((other) => (other === name ? next : other)) }))
    return next
  }

  async #removeClass(name: string): Promise<string> {
    const names = await this.#known(name)
    const { removal, folder } = await this.#beginRemoval({ name, at: names.indexOf(name) })
    await guarded(folder, async () => {
      await mkdir(this.#folderOf(name), { recursive: true })
      await rename(this.#folderOf(name), join(folder, name))
    })
    await this.#change((list) => ({ ...list, classes: names.filter((other) => other !== name) }))
    return removal
  }

  async #removeFiles(name: string, files: readonly string[]): Promise<string> {
    const there = new Set(await this.#filesOf(name))
    const missing = files.find((one) => !there.has(one))
    if (missing !== undefined) throw new AppError('file-missing', { file: join(this.#folderOf(name), missing) })
    const { removal, folder } = await this.#beginRemoval({ name, at: null })
    await guarded(folder, async () => {
      await mkdir(join(folder, name))
      for (const one of new Set(files)) await rename(join(this.#folderOf(name), one), join(folder, name, one))
    })
    return removal
  }

  async #beginRemoval(content: z.input<typeof Removal>): Promise<{ removal: string; folder: string }> {
    const place = join(this.directory, removed)
    const removal = nextName((await entries(place)).map(({ name }) => name))
    const folder = join(place, removal)
    await guarded(folder, () => mkdir(folder, { recursive: true }))
    await writeAtomic(join(folder, removalFile), JSON.stringify(content))
    return { removal, folder }
  }

  async #restore(removal: string): Promise<CollectionEdit> {
    const folder = join(this.directory, removed, removal)
    const { name, at } = await readFile(join(folder, removalFile), 'utf8').then(
      (text) => Removal.parse(JSON.parse(text)),
      (cause: unknown) => {
        throw new AppError('collection-not-restored', { removal }, { cause })
      },
    )
    const names = await this.#names()
    if (at !== null) {
      const wanted = className(name, names)
      await guarded(folder, () => rename(join(folder, name), this.#folderOf(wanted)))
      await this.#change((list) => ({ ...list, classes: names.toSpliced(at, 0, wanted) }))
      await rm(folder, { recursive: true, force: true })
      return { do: 'removeClass', name: wanted }
    }
    if (!names.some((other) => sameName(other, name))) await this.#addClass(name)
    const back = (await entries(join(folder, name))).map((entry) => entry.name)
    const free = new FreeNames(await this.#filesOf(name))
    const files: string[] = []
    await guarded(folder, async () => {
      for (const one of back) {
        const dot = one.lastIndexOf('.')
        const as = free.take(dot < 0 ? one : one.slice(0, dot), dot < 0 ? '' : one.slice(dot))
        await rename(join(folder, name, one), join(this.#folderOf(name), as))
        files.push(as)
      }
      await rm(folder, { recursive: true, force: true })
    })
    return { do: 'removeFiles', name, files }
  }

  async #filesOf(name: string): Promise<string[]> {
    const found = await entries(this.#folderOf(name))
    return inOrder(found.filter((entry) => entry.isFile()).map((entry) => entry.name))
  }

  /** Refuses a name that leads elsewhere: it may come from a file that somebody wrote. */
  #folderOf(name: string): string {
    if (/[\\/\0]|^\.+$/.test(name)) throw new AppError('collection-class-missing', { name })
    return join(this.directory, samples, name)
  }
}

/** Writes bytes into a file that is not there yet. */
export async function writeNew(path: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(path, 'wx')
  await handle.writeFile(bytes).finally(() => handle.close())
}

/** What is in a folder but for hidden things; nothing where there is no such folder. */
async function entries(folder: string) {
  return (await entriesIn(folder)).filter(({ name }) => !name.startsWith('.'))
}

const collator = new Intl.Collator('en', { numeric: true })

/** As people count: 2 before 10. */
function inOrder(names: readonly string[]): string[] {
  return names.toSorted(collator.compare)
}

/** Lets a failure of the disk be told as one. */
async function guarded<T>(path: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action()
  } catch (cause) {
    throw cause instanceof AppError ? cause : failed(path, cause)
  }
}

function failed(path: string, cause: unknown): AppError {
  if (/^(ENOSPC|EDQUOT)$/.test(reasonOf(cause))) return new AppError('disk-full', { path }, { cause })
  return new AppError('write-failed', { path, detail: reasonOf(cause) }, { cause })
}
