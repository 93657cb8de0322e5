import { z } from 'zod'

/** A file that an import found, by the folder of the data set and the path that the import names it by. */
export const SourceFileRequest = z.object({
  directory: z.string().min(1).max(4096),
  file: z.string().min(1).max(4096),
})
export type SourceFileRequest = z.output<typeof SourceFileRequest>

/** What a file of an import holds, to be looked at. */
export const SourceFileStart = z.object({
  /** Of the file in bytes; of an archive's entry when unpacked. */
  size: z.int().min(0),
  inArchive: z.boolean(),
  /** An import does not open such an entry (a link, an archive within the archive), and so nothing is read of it. */
  closed: z.boolean(),
  /** `bytes` are the whole file; else its beginning, or nothing. */
  whole: z.boolean(),
  bytes: z.instanceof(Uint8Array),
})
export type SourceFileStart = z.output<typeof SourceFileStart>

/** An entry of an archive by the name that an import of these paths gives it. */
export const SourceEntryRequest = z.object({
  paths: z.array(z.string().min(1)).min(1),
  file: z.string().min(1).max(4096),
  /** Up to so many bytes it is read whole, else so many from its beginning. */
  whole: z.int().min(0),
  start: z.int().min(0),
})
export type SourceEntryRequest = z.output<typeof SourceEntryRequest>

export const SourceEntry = z.object({
  /** The archive's path; null: an import does not open this entry, or cannot. */
  archive: z.string().nullable(),
  size: z.int().min(0),
  bytes: z.instanceof(Uint8Array),
})
export type SourceEntry = z.output<typeof SourceEntry>
