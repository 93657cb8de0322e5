import type { AboutInfo } from '@shared/ipc/app'
import { fromReport } from '@shared/ipc/errors'
import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { api, on } from '@/api'
import { useNoticesStore } from './notices'

/** A project that was open before. */
export interface RecentProject {
  readonly path: string
  readonly name: string
}

/** What belongs to the program and not to a project: versions, recent projects, its log, its menu's commands. */
export const useProgramStore = defineStore('program', () => {
  const about = shallowRef<AboutInfo | null>(null)
  const recent = shallowRef<readonly RecentProject[]>([])

  async function readAbout(): Promise<void> {
    about.value ??= (await useNoticesStore().attempt(() => api.about({}))) ?? null
  }

  async function readRecent(): Promise<void> {
    recent.value = (await useNoticesStore().attempt(() => api.recentProjects({}))) ?? []
  }

  /** Shows the log in the system's file manager. */
  async function showLog(): Promise<void> {
    await readAbout()
    const { logPath } = about.value ?? {}
    if (logPath) await useNoticesStore().attempt(() => api.showFolder({ path: logPath }))
  }

  /** Writes a text where the person wants it; the file's path, or null where there is none. */
  async function saveText(name: string, text: string): Promise<string | null> {
    return (await useNoticesStore().attempt(() => api.saveText({ name, text }))) ?? null
  }

  /** Hears the commands of the native menu by their ids; returns the end of hearing. */
  function onMenuCommand(listener: (id: string) => void): () => void {
    return on('menuCommand', ({ id }) => listener(id))
  }

  /** Shows the failures that no call of the window waited for; returns the end of hearing. */
  function followProblems(): () => void {
    return on('problem', (report) => useNoticesStore().fail(fromReport(report)))
  }

  /** Writes an error of the window itself to the log. It is the last resort, so its own failure is not reported. */
  async function reportError(thrown: unknown): Promise<void> {
    const { message, stack } = thrown instanceof Error ? thrown : { message: String(thrown), stack: '' }
    try {
      await api.reportError({ message: message.slice(0, 4000), stack: (stack ?? '').slice(0, 20_000) })
    } catch {
      // Nobody is left to tell.
    }
  }

  return { about, recent, readAbout, readRecent, showLog, saveText, onMenuCommand, followProblems, reportError }
})
