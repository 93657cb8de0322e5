import { z } from 'zod'

/**
 * How a picture becomes the network's input, shared by training, viewer, command line and every export:
 * resized to `shape` where it differs, its channels brought to the shape's number, then `value / divisor`.
 */
export const Preprocessing = z.object({
  /** Channels last: of a sequence 2 sizes, of a picture 3, of a volume 4. */
  shape: z.array(z.int().min(1)).min(2).max(4),
  /** `0–255` values are divided by this. */
  divisor: z.number().positive(),
})
export type Preprocessing = z.output<typeof Preprocessing>
