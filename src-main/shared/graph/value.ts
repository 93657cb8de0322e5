/** The element types that a compiled graph uses, by their tfjs-like names. */
export type DType = 'float32' | 'bfloat16' | 'float16' | 'int32' | 'int64' | 'uint8' | 'bool' | 'string' | 'resource'

/** One output of one operation in a graph; the batch and other sizes known only at run time are not kept. */
export interface GraphValue {
  readonly node: string
  readonly output: number
  readonly dtype: DType
}

/** An attribute of a TensorFlow operation, tagged by its kind as in `AttrValue` of TensorFlow's attr_value.proto. */
export type Attribute =
  | { readonly type: DType }
  | { readonly int: number }
  | { readonly float: number }
  | { readonly bool: boolean }
  | { readonly text: string }
  | { readonly ints: readonly number[] }
  | { readonly types: readonly DType[] }
  /** Sizes; -1 for one known only at run time, null for an unknown number of axes. */
  | { readonly shape: readonly number[] | null }
  | { readonly tensor: ConstantTensor }

/** A constant: sizes and values in row-major order. */
export type ConstantTensor =
  | {
      readonly dtype: 'float32' | 'int32' | 'int64' | 'bool'
      readonly shape: readonly number[]
      readonly values: readonly number[]
    }
  | { readonly dtype: 'string'; readonly shape: readonly number[]; readonly texts: readonly string[] }

export type Attributes = Readonly<Record<string, Attribute>>
