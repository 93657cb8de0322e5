export const paddings = ['valid', 'same'] as const
export type Padding = (typeof paddings)[number]

/** Where a window layer looks along one axis. Sizes in samples of its input. */
export interface Window {
  readonly kernel: number
  readonly stride: number
  readonly dilation?: number
}

/**
 * How many places a window takes along an axis of `size` values: TensorFlow's `valid` and `same` rules. Zero or less
 * means that the window does not fit.
 */
export function windowCount(size: number, { kernel, stride, dilation = 1 }: Window, padding: Padding): number {
  const extent = (kernel - 1) * dilation + 1
  return padding === 'same' ? Math.ceil(size / stride) : Math.floor((size - extent) / stride) + 1
}

/**
 * The receptive field along one axis: how many input samples one output sees (`size`) and how far apart neighbouring
 * outputs look (`stride`), both in samples of the network's input (Araujo et al., "Computing Receptive Fields of
 * Convolutional Neural Networks", Distill 2019).
 */
export interface ReceptiveField {
  readonly size: number
  readonly stride: number
}

export const pointField: ReceptiveField = { size: 1, stride: 1 }

/** The receptive field after a window on top of `field`. */
export function throughWindow(field: ReceptiveField, { kernel, stride, dilation = 1 }: Window): ReceptiveField {
  return { size: field.size + (kernel - 1) * dilation * field.stride, stride: field.stride * stride }
}
