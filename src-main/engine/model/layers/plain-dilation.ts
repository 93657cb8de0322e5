import { z } from 'zod'
import type { TfjsLayer } from '@shared/layers/define'

const Sizes = z.array(z.int())

/** Classes of which tfjs takes a dilation for none, or has none of its own. */
const ignoring: ReadonlySet<string> = new Set([
  'DepthwiseConv1D',
  'DepthwiseConv2D',
  'SeparableConv1D',
  'SeparableConv2D',
  'Conv1DTranspose',
  'Conv2DTranspose',
  'Conv3DTranspose',
])

/** The dilation of a layer that tfjs would leave out, so that zeros must stand in its kernel; undefined for others. */
export function writtenOutDilation({ className, config: { dilationRate } }: TfjsLayer): readonly number[] | undefined {
  return ignoring.has(className) && dilationRate !== undefined ? Sizes.parse(dilationRate) : undefined
}

/** Such a layer with a kernel as large as what it reaches over. */
export function stretchedForm(layer: TfjsLayer): TfjsLayer | undefined {
  const dilation = writtenOutDilation(layer)
  if (!dilation) return undefined
  const { className, config } = layer
  const kernelSize = Sizes.parse(config['kernelSize']).map((size, axis) => (size - 1) * (dilation[axis] ?? 1) + 1)
  const kept = Object.entries(config).filter(([name]) => name !== 'dilationRate')
  return { className, config: { ...Object.fromEntries(kept), kernelSize } }
}
