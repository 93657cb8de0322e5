import { z } from 'zod'

/** A file that an import found, by the folder of the data set and the path that the import names it by. */
export const SourceFileRequest = z.object({
  directory: z.string().min(1).max(4096),
  file: z.string().min(1).max(4096),
})
export type SourceFileRequest = z.output<typeof SourceFileRequest>

/** What a file of an import holds, to be looked at. */
export const SourceFileStart = z.object({
  /** Of the file in bytes; of an archive's entry that of the archive. */
  size: z.int().min(0),
  /** The file is an entry of an archive, whose bytes are not read. */
  inArchive: z.boolean(),
  /** `bytes` are the whole file; else its beginning, or nothing. */
  whole: z.boolean(),
  bytes: z.instanceof(Uint8Array),
})
export type SourceFileStart = z.output<typeof SourceFileStart>
