import type { OriginalSound, SampleAddress } from '@shared/data/sample-detail'
import type { SourceFileStart } from '@shared/data/source-file'
import { AppError } from '@shared/ipc/errors'
import { defineStore } from 'pinia'
import { computed } from 'vue'
import { api } from '@/api'
import { useDatasetStore } from './dataset'
import { makeLatest } from './latest'
import { useNoticesStore } from './notices'

/** The files that the open data set was imported from, named by their paths below what was dropped. */
export const useSourceFilesStore = defineStore('source-files', () => {
  const opened = makeLatest<SourceFileStart>()
  /** The folder of the imported data set; null where none is open. */
  const directory = computed(() => {
    const { source } = useDatasetStore()
    return source?.kind === 'stored' ? source.directory : null
  })

  /** Shows a file in the system's file manager. */
  async function show(file: string): Promise<void> {
    const folder = directory.value
    if (folder === null) return
    await useNoticesStore().attempt(() => api.showSourceFile({ directory: folder, file }))
  }

  /** Reads what a file holds or begins with; what was read before is forgotten at once. */
  async function read(file: string): Promise<void> {
    opened.clear()
    const folder = directory.value
    if (folder !== null) await opened.load((signal) => api.readSourceFile({ directory: folder, file }, { signal }))
  }

  /** The sound that a sample is a picture of; throws the `AppError` of a failed or given-up reading. */
  async function original(file: string, sample: SampleAddress, signal: AbortSignal): Promise<OriginalSound> {
    const folder = directory.value
    if (folder === null) throw new AppError('file-missing', { file })
    return api.readOriginal({ directory: folder, file, ...sample }, { signal })
  }

  return {
    directory,
    opened: opened.value,
    busy: opened.busy,
    error: opened.error,
    show,
    read,
    original,
    forget: opened.clear,
  }
})
