import { toReport, type ErrorReport } from '@shared/ipc/errors'
import type { ExportFormat, ExportReport } from '@shared/ipc/look'
import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { api } from '@/api'
import { useNoticesStore } from './notices'

/** Exports made in this session and what their proof said. */
export const useExportsStore = defineStore('exports', () => {
  const reports = shallowRef<readonly (ExportReport & { runId: string })[]>([])
  const busy = shallowRef<ExportFormat | null>(null)
  const error = shallowRef<ErrorReport | null>(null)

  /** Exports a run's network into a folder that the person chooses; false: cancelled or failed. */
  async function exportRun(runId: string, format: ExportFormat): Promise<boolean> {
    busy.value = format
    error.value = null
    try {
      const report = await api.exportModel({ runId, format })
      if (report) reports.value = [{ ...report, runId }, ...reports.value]
      return report !== null
    } catch (thrown) {
      error.value = toReport(thrown)
      return false
    } finally {
      busy.value = null
    }
  }

  async function showFolder(path: string): Promise<void> {
    await useNoticesStore().attempt(() => api.showFolder({ path }))
  }

  return { reports, busy, error, exportRun, showFolder }
})
