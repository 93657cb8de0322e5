import { z } from 'zod'
import { storedParts } from './stored-dataset'

/** What the names of files and folders tell of a source before anything is opened, for whoever has to decide about it. */
export const SourceFacts = z.object({
  /** The folders of each depth that may name classes or parts, from the top. */
  levels: z.array(
    z.object({
      folders: z.int().min(1),
      /** The first of them, in counting order. */
      examples: z.array(z.string()),
    }),
  ),
  /** Folders named as parts of the data (train, val, test) with the files below them; empty where no level has such alone. */
  parts: z.array(z.object({ folder: z.string(), part: z.enum(storedParts), files: z.int().min(1) })),
  /** What the classes are, should these folders name them. */
  classes: z.object({
    nearest: z.object({ count: z.int().min(0), examples: z.array(z.string()) }),
    topmost: z.object({ count: z.int().min(0), examples: z.array(z.string()) }),
  }),
  /** Folders whose pictures seem to be the slices of a volume each; 0 where it does not look so. */
  sliceFolders: z.int().min(0),
})
export type SourceFacts = z.output<typeof SourceFacts>
