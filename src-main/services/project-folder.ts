import { cp, mkdir, readFile, readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path'
import { withOwnPaths } from '@shared/data/own-paths'
import { AppError } from '@shared/ipc/errors'
import { readProject } from '@shared/project/migrate'
import type { Project } from '@shared/project/schema'
import { isMissing, reasonOf } from './atomic-file'

export const projectFile = 'project.json'

/**
 * The text of a project file: indented, so that people and version control can read it. Data that lies in `folder`, the
 * project's own, is named by its way from there, so that the folder can be moved.
 */
export function projectText(project: Project, folder?: string): string {
  const named =
    folder === undefined
      ? project
      : withData(project, (path) => (isWithin(folder, path) ? relative(folder, path).replaceAll('\\', '/') : path))
  return `${JSON.stringify(named, null, 2)}\n`
}

/** A project whose data lies elsewhere: that of one folder in another one, data outside of both where it was. */
export function moveData(project: Project, from: string, to: string): Project {
  return withData(project, (path) => (isWithin(from, path) ? join(to, relative(from, path)) : path))
}

function withData(project: Project, change: (path: string) => string): Project {
  return project.dataset ? { ...project, dataset: withOwnPaths(project.dataset, change) } : project
}

/** The folder that a person means: the folder itself, or the one of a `project.json` that they chose. */
export function folderOf(path: string): string {
  const full = resolve(path)
  return basename(full) === projectFile ? dirname(full) : full
}

/** Reads a project's folder; refuses what is missing, damaged or of a newer version, and changes nothing. */
export async function loadProject(folder: string): Promise<Project> {
  const path = join(folder, projectFile)
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (cause) {
    if (isMissing(cause)) throw new AppError('project-missing', { path: folder }, { cause })
    throw new AppError('read-failed', { path, detail: reasonOf(cause) }, { cause })
  }
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch (cause) {
    throw new AppError('project-damaged', { path, detail: reasonOf(cause) }, { cause })
  }
  return withData(readProject(content, path), (directory) => resolve(folder, directory))
}

/** Whether a path is a folder itself or lies somewhere in it, by their names alone. */
export function isWithin(folder: string, path: string): boolean {
  const way = relative(resolve(folder), resolve(path))
  return way === '' || (!isAbsolute(way) && way !== '..' && !/^\.\.[\\/]/.test(way))
}

/** A name that every file system takes, as near to the given one as can be. */
export function folderName(name: string): string {
  const cleaned = name
    .replace(/[<>:"/\\|?*\u0000-\u001f]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 80)
    .replace(/^[. ]+|[. ]+$/g, '')
  const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(cleaned)
  return cleaned && !reserved ? cleaned : `Project ${cleaned}`.trim()
}

/** Makes a new folder `name` in `parent`, with a number behind it where the name is taken. Returns its path. */
export async function makeFolder(parent: string, name: string): Promise<string> {
  try {
    await mkdir(parent, { recursive: true })
    for (let number = 1; ; number++) {
      const path = join(parent, number === 1 ? name : `${name} ${number}`)
      const made = await mkdir(path).then(
        () => true,
        (cause: unknown) => {
          if (reasonOf(cause) === 'EEXIST') return false
          throw cause
        },
      )
      if (made) return path
    }
  } catch (cause) {
    throw new AppError('write-failed', { path: join(parent, name), detail: reasonOf(cause) }, { cause })
  }
}

/** Copies a project's folder to a place where nothing is yet, whole or not at all. */
export async function copyFolder(from: string, to: string): Promise<void> {
  const target = resolve(to)
  if (isWithin(from, target)) throw new AppError('folder-inside', { path: target })
  const present = await readdir(target).catch((cause: unknown) => {
    if (reasonOf(cause) === 'ENOENT') return []
    throw new AppError('folder-not-empty', { path: target }, { cause })
  })
  if (present.length > 0) throw new AppError('folder-not-empty', { path: target })
  const temporary = join(dirname(target), `.${basename(target)}.${process.pid}.tmp`)
  try {
    await cp(from, temporary, { recursive: true, errorOnExist: true })
    await rm(target, { recursive: true, force: true })
    await rename(temporary, target)
  } catch (cause) {
    await rm(temporary, { recursive: true, force: true }).catch(() => undefined)
    throw new AppError('write-failed', { path: target, detail: reasonOf(cause) }, { cause })
  }
}
