import { z } from 'zod'
import { ImportReport, ImportSettings } from './import'

/** The file beside a stored data set's arrays that tells how an import made it. */
export const importRecordFile = 'import.json'

/** How a data set came in: from where, with which settings, and what became of it. */
export const ImportRecord = z.object({
  paths: z.array(z.string().min(1).max(4096)).min(1).max(1000),
  settings: ImportSettings,
  report: ImportReport,
})
export type ImportRecord = z.output<typeof ImportRecord>
