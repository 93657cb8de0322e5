import { z } from 'zod'

/** A video below what a person dropped: the window can decode it, the engine cannot. */
export const FoundVideo = z.object({
  /** Under which the engine hands out its bytes. */
  number: z.int().min(0),
  /** Its path below what was dropped. */
  file: z.string(),
  /** Its class by its folders; null where these tell none. */
  label: z.string().nullable(),
  bytes: z.int().min(0),
})
export type FoundVideo = z.output<typeof FoundVideo>
