/** Sizes of one sample, without the batch: `[height, width, channels]` for a picture, `[units]` for a vector. */
export type Shape = readonly number[]

/** Why a layer cannot stand where it is: a code of the message files (`problems.<code>`) with its values. */
export interface LayerProblem {
  readonly code: string
  readonly params: Readonly<Record<string, string | number>>
}

/** What a layer makes of its inputs: a shape, or the reason why it cannot. */
export type Inference =
  { readonly ok: true; readonly shape: Shape } | { readonly ok: false; readonly problem: LayerProblem }

export function gives(...shape: number[]): Inference {
  return { ok: true, shape }
}

export function fails(code: string, params: LayerProblem['params'] = {}): Inference {
  return { ok: false, problem: { code, params } }
}

/** The number of values in a shape. */
export function sizeOf(shape: Shape): number {
  return shape.reduce((product, size) => product * size, 1)
}

/** A shape in words: `26 × 26 × 32`. */
export function shapeText(shape: Shape): string {
  return shape.join(' × ')
}
