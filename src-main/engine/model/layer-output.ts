/** What a layer puts out for some samples, one after another. */
export interface LayerOutput {
  /** Of one sample. */
  readonly shape: readonly number[]
  readonly values: Float32Array
}
