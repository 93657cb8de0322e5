import type { GuessedSample } from '@shared/ipc/look'
import type { BytePicture } from '@/ui/pixels'

/** What the network saw, as a picture to draw; a sample of two axes is grey. */
export function pictureOf({ shape, pixels }: Pick<GuessedSample, 'shape' | 'pixels'>): BytePicture {
  const [height = 1, width = 1, channels = 1] = shape
  return { height, width, channels, data: pixels }
}
