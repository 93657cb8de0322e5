import { basename, join } from 'node:path'
import { z } from 'zod'
import type { OpenProject } from '@shared/ipc/app'
import { AppError } from '@shared/ipc/errors'
import type { Log } from '@shared/log'
import { messageOf } from '@shared/message-of'
import { emptyNetwork } from '@shared/network/document'
import { templateNetwork } from '@shared/network/templates'
import type { Project } from '@shared/project/schema'
import { initialTraining } from '@shared/training/settings'
import {
  copyFolder,
  folderName,
  folderOf,
  loadProject,
  makeFolder,
  moveData,
  projectFile,
  projectText,
} from './project-folder'
import type { Stored } from './stored'
import { writeQueue } from './write-queue'

/** What is remembered of projects from one start of the program to the next. */
export const ProjectMemory = z.object({
  last: z.string().nullable(),
  /** The newest first. */
  recent: z.array(z.object({ path: z.string().min(1), name: z.string() })),
})
export type ProjectMemory = z.output<typeof ProjectMemory>

export const initialMemory: ProjectMemory = { last: null, recent: [] }

export interface ProjectsOptions {
  /** Where new projects are made. */
  readonly home: string
  readonly memory: Stored<ProjectMemory>
  /** The name of the project that the very first start makes, in the person's language. */
  readonly firstName: () => string
  readonly log: Log
  /** Throws where the open project cannot be left now. */
  readonly mayLeave: () => void
}

export interface Projects {
  /** The open project; the first call opens that of the last time. */
  current(): Promise<OpenProject>
  /** The folder of the open project, or an error where none is open yet. */
  folder(): string
  open(path: string): Promise<OpenProject>
  create(name: string): Promise<OpenProject>
  save(path: string, project: Project): Promise<void>
  saveAs(target: string): Promise<OpenProject>
  recent(): readonly ProjectMemory['recent'][number][]
  /** Hears each project that was opened, made or renamed. */
  onChange(listener: (opened: OpenProject) => void): () => void
  /** Hears why the project of the last time could not be opened. */
  onProblem(listener: (error: AppError) => void): () => void
  /** Resolves when everything is on disk. */
  flush(): Promise<void>
}

const recentLimit = 10

/** The projects of this program: folders of plain files, one of them open. */
export function createProjects({ home, memory, firstName, log, mayLeave }: ProjectsOptions): Projects {
  const queue = writeQueue()
  const listeners = new Set<(opened: OpenProject) => void>()
  const problemListeners = new Set<(error: AppError) => void>()
  let opened: OpenProject | undefined
  let restoring: Promise<OpenProject> | undefined

  function show(path: string, project: Project): OpenProject {
    opened = { path, project }
    const others = memory.read().recent.filter((known) => known.path !== path)
    memory.write({ last: path, recent: [{ path, name: project.name }, ...others].slice(0, recentLimit) })
    for (const listener of listeners) listener(opened)
    return opened
  }

  async function open(path: string): Promise<OpenProject> {
    const folder = folderOf(path)
    if (opened?.path === folder) return opened
    if (opened) mayLeave()
    await queue.flush()
    const project = await loadProject(folder)
    log.info(`Opened the project ${folder}`)
    return show(folder, project)
  }

  async function make(project: Project): Promise<OpenProject> {
    const folder = await makeFolder(home, folderName(project.name))
    await queue.write(join(folder, projectFile), projectText(project, folder))
    log.info(`Made the project ${folder}`)
    return show(folder, project)
  }

  /** The last project, else the newest that opens, else a new one; a project that does not open is left as it is. */
  async function restore(): Promise<OpenProject> {
    const { last, recent } = memory.read()
    const candidates = [...new Set([...(last === null ? [] : [last]), ...recent.map(({ path }) => path)])]
    for (const path of candidates) {
      try {
        return await open(path)
      } catch (thrown) {
        log.warn(`The project ${path} was not opened: ${messageOf(thrown)}`)
        if (path !== last || !(thrown instanceof AppError)) continue
        for (const listener of problemListeners) listener(thrown)
      }
    }
    return make(firstProject(firstName()))
  }

  return {
    async current() {
      if (opened) return opened
      restoring ??= restore().finally(() => (restoring = undefined))
      return restoring
    },
    folder() {
      if (!opened) throw new AppError('no-project')
      return opened.path
    },
    open,
    async create(name) {
      if (opened) mayLeave()
      await queue.flush()
      return make(emptyProject(name))
    },
    async save(path, project) {
      if (opened?.path !== path) throw new AppError('project-not-open', { path })
      const renamed = opened.project.name !== project.name
      opened = { path, project }
      await queue.write(join(path, projectFile), projectText(project, path))
      if (renamed && opened.path === path) show(path, opened.project)
    },
    async saveAs(target) {
      const from = opened
      if (!from) throw new AppError('no-project')
      mayLeave()
      await queue.flush()
      await copyFolder(from.path, target)
      const project = { ...moveData(from.project, from.path, target), name: basename(target).slice(0, 120) }
      await queue.write(join(target, projectFile), projectText(project, target))
      log.info(`Saved the project ${from.path} as ${target}`)
      return show(target, project)
    },
    recent: () => memory.read().recent,
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    onProblem(listener) {
      problemListeners.add(listener)
      return () => problemListeners.delete(listener)
    },
    flush: () => queue.flush(),
  }
}

/** The project of the very first start: a network that is known to work, and no data yet. */
export function firstProject(name: string): Project {
  return { ...emptyProject(name), network: templateNetwork('lenet') ?? emptyNetwork }
}

function emptyProject(name: string): Project {
  return { version: 1, name, network: emptyNetwork, dataset: null, training: initialTraining }
}
