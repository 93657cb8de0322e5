import type { OpenProject } from '@shared/ipc/app'
import type { Project } from '@shared/project/schema'
import { useDebounceFn } from '@vueuse/core'
import { defineStore } from 'pinia'
import { computed, shallowRef, watch } from 'vue'
import { api, on } from '@/api'
import { useDatasetStore } from './dataset'
import { useDocumentStore } from './document'
import { useNoticesStore } from './notices'
import { useRunsStore } from './runs'
import { useTrainingStore } from './training'

/** The open project: its name and place; keeps it saved after every edit, so that there is nothing to lose. */
export const useProjectStore = defineStore('project', () => {
  const path = shallowRef('')
  const name = shallowRef('')

  const content = computed<Project>(() => ({
    version: 1,
    name: name.value,
    network: useDocumentStore().network,
    dataset: useDatasetStore().source,
    training: useTrainingStore().settings,
  }))

  /** What the file holds, as far as the window knows. */
  const onDisk = shallowRef<Project | null>(null)
  const saved = computed(() => path.value === '' || onDisk.value === content.value)

  /** Writes what was changed, at once. */
  async function save(): Promise<void> {
    if (saved.value) return
    const project = content.value
    const done = await useNoticesStore().attempt(() => api.saveProject({ path: path.value, project }))
    if (done) onDisk.value = project
  }

  const saveSoon = useDebounceFn(save, 400, { maxWait: 2000 })

  async function show(opened: OpenProject): Promise<void> {
    path.value = ''
    name.value = opened.project.name
    useDocumentStore().reset(opened.project.network)
    useTrainingStore().change(opened.project.training)
    useDatasetStore().restore(opened.project.dataset)
    path.value = opened.path
    onDisk.value = content.value
    await useRunsStore().refresh()
  }

  /** Shows the project of the last time and follows edits; returns the end of following. */
  async function load(): Promise<() => void> {
    const opened = await useNoticesStore().attempt(() => api.currentProject({}))
    if (opened) await show(opened)
    const stopEvents = on('projectOpened', (other) => void show(other))
    const stopWatch = watch(content, () => void saveSoon())
    const saveNow = () => void save()
    window.addEventListener('beforeunload', saveNow)
    return () => {
      stopEvents()
      stopWatch()
      window.removeEventListener('beforeunload', saveNow)
    }
  }

  async function replace(action: () => Promise<OpenProject | null>): Promise<void> {
    await save()
    const opened = await useNoticesStore().attempt(action)
    if (opened) await show(opened)
  }

  const create = (newName: string) => replace(() => api.newProject({ name: newName }))
  const open = (folder: string | null) => replace(() => api.openProject({ path: folder }))
  const saveAs = () => replace(() => api.saveProjectAs({}))

  function rename(next: string): void {
    const trimmed = next.trim().slice(0, 120)
    if (trimmed) name.value = trimmed
  }

  return { path, name, saved, load, save, create, open, saveAs, rename }
})
