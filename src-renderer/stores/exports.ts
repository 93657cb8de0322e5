import { toReport, type ErrorReport } from '@shared/ipc/errors'
import type { ExportFormat, ExportReport } from '@shared/ipc/look'
import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { api } from '@/api'
import { useNoticesStore } from './notices'

/** An export that was proven, with the run it came from. */
export interface MadeExport {
  readonly runId: string
  readonly report: ExportReport
}

/** An export that failed: nothing of it may be called exported. */
export interface FailedExport {
  readonly runId: string
  readonly format: ExportFormat
  readonly error: ErrorReport
}

/** Exports made in this session and what their proof said. */
export const useExportsStore = defineStore('exports', () => {
  /** The newest first. */
  const reports = shallowRef<readonly MadeExport[]>([])
  const busy = shallowRef<{ readonly runId: string; readonly format: ExportFormat } | null>(null)
  const failure = shallowRef<FailedExport | null>(null)

  /** Exports a run's network into a folder that the person chooses; false: cancelled, failed, or another is under way. */
  async function exportRun(runId: string, format: ExportFormat): Promise<boolean> {
    if (busy.value) return false
    busy.value = { runId, format }
    failure.value = null
    try {
      const report = await api.exportModel({ runId, format })
      if (report) reports.value = [{ runId, report }, ...reports.value]
      return report !== null
    } catch (thrown) {
      failure.value = { runId, format, error: toReport(thrown) }
      return false
    } finally {
      busy.value = null
    }
  }

  async function showFolder(path: string): Promise<void> {
    await useNoticesStore().attempt(() => api.showFolder({ path }))
  }

  return { reports, busy, failure, exportRun, showFolder }
})
