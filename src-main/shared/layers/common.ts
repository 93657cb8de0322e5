import { activations } from './activations'
import { paddings } from './arithmetic'
import { choice, real, size, toggle, type Axis } from './params'

/** Settings that mean the same in many kinds; their texts are written once, under `layers.common`. */

/** The function that a layer puts on its sums. */
export const activation = choice({ initial: 'relu', options: activations, texts: 'activation' })

/** What a window does at the edge. */
export const padding = choice({ initial: 'valid', options: paddings, texts: 'padding' })

/** Whether each filter or unit adds a number of its own to its sum. */
export const bias = toggle({ initial: true, texts: 'bias' })

export type Axes = readonly [Axis, ...Axis[]]

/** How far a window moves from one place to the next, along each axis. */
export function strides(initial: number, axes: Axes, max: number) {
  return size({ initial: axes.map(() => initial), min: 1, max, axes, texts: 'strides' })
}

/** How far apart the values are that a window looks at, along each axis. */
export function dilation(axes: Axes, max: number) {
  return size({ initial: axes.map(() => 1), min: 1, max, axes, texts: 'dilation' })
}

/** What a neuron looks at, along each axis. */
export function kernel(initial: number, axes: Axes, max: number) {
  return size({ initial: axes.map(() => initial), min: 1, max, axes, texts: 'kernel' })
}

/** What one value is made of, along each axis. */
export function window(initial: number, axes: Axes, max: number) {
  return size({ initial: axes.map(() => initial), min: 1, max, axes, texts: 'window' })
}

/** The share that is switched off while training. */
export function rate(initial: number) {
  return real({ initial, min: 0, max: 0.95, step: 0.05, texts: 'rate' })
}
