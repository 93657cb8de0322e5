import { z } from 'zod'

/** The folder of an interrupted import, below `data` of its project. */
export const HalfName = z.string().regex(/^\d{4,9}\.[0-9a-f]{8}\.tmp$/)

/** An import that ended before its time and can be gone on with. */
export const InterruptedImport = z.object({
  name: HalfName,
  title: z.string(),
  begunAt: z.iso.datetime(),
  /** Files, or samples of files of arrays. */
  done: z.int().min(0),
  total: z.int().min(0),
})
export type InterruptedImport = z.output<typeof InterruptedImport>

/** The folder of an imported data set, below `data` of its project. */
export const KeptName = z.string().regex(/^\d{4,9}$/)

/** A data set that an import made and the project keeps. */
export const KeptData = z.object({
  name: KeptName,
  directory: z.string(),
  title: z.string(),
  samples: z.int().min(0),
  shape: z.array(z.int().min(1)),
  createdAt: z.iso.datetime(),
  /** What it takes on the disk. */
  bytes: z.number().min(0),
  /** It is the project's data. */
  open: z.boolean(),
  /** So many runs were trained on it. */
  runs: z.int().min(0),
})
export type KeptData = z.output<typeof KeptData>
