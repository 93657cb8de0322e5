/** A layer that Keras, TensorFlow.js or both lack, written out so that generated code runs without Patchwork. */
export interface OwnClass {
  readonly className: string
  /** The class in Python, where Keras lacks it. */
  readonly python?: string
  /** The class in TypeScript, where TensorFlow.js lacks it. */
  readonly typescript?: string
}

export function defineClass(own: OwnClass): OwnClass {
  return own
}
