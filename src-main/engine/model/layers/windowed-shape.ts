import { z } from 'zod'
import { placesOf, type Windows } from '@shared/layers/windows'

/** A shape as tfjs hands it to a layer: null where a size is not known, as the number of samples. */
export type SymbolicShape = (number | null)[]

/** What comes out of windows over samples of a shape; `channels` are by default those that came in. */
export function windowedShape(
  inputShape: SymbolicShape | SymbolicShape[],
  windows: Windows,
  channels?: number,
): SymbolicShape {
  const [samples = null, ...sizes] = z.array(z.int().nullable()).parse(inputShape)
  const places = placesOf(
    windows,
    sizes.map((size) => size ?? 0),
  )
  if (!places) throw new RangeError(`Windows of ${windows.size.join(' × ')} do not fit into ${sizes.join(' × ')}`)
  return [samples, ...places, channels ?? sizes.at(-1) ?? null]
}
