import type { Attributes, ConstantTensor, DType, GraphValue } from '@shared/graph/value'

/** One operation as it will stand in the GraphDef. */
export interface GraphNode {
  readonly name: string
  readonly type: string
  /** Data inputs. */
  readonly inputs: readonly GraphValue[]
  /** Operations that must have run before. */
  readonly after: readonly string[]
  readonly attributes: Attributes
}

/** TensorFlow operations that have no attribute `T` for the type of their first input. */
const withoutT: ReadonlySet<string> = new Set([
  'AssignVariableOp',
  'Cast',
  'ConcatOffset',
  'Const',
  'GatherV2',
  'Placeholder',
  'PlaceholderWithDefault',
  'Range',
  'ReadVariableOp',
  'RestoreV2',
  'SaveV2',
  'VarHandleOp',
])

/** A TensorFlow graph under construction: appended to, never changed. */
export class Graph {
  readonly nodes: GraphNode[] = []
  readonly #byName = new Map<string, GraphNode>()
  readonly #counts = new Map<string, number>()

  /** Adds an operation; `T` is set to the type of the first input unless given or not wanted by the operation. */
  op(
    type: string,
    inputs: readonly GraphValue[],
    attributes: Attributes = {},
    options: { name?: string; dtype?: DType; after?: readonly string[] } = {},
  ): GraphValue {
    const first = inputs[0]
    const typed = first && !withoutT.has(type) ? { T: { type: first.dtype }, ...attributes } : attributes
    const name = this.#freeName(options.name ?? type)
    const node = { name, type, inputs, after: options.after ?? [], attributes: typed }
    this.nodes.push(node)
    this.#byName.set(name, node)
    return { node: name, output: 0, dtype: options.dtype ?? first?.dtype ?? 'float32' }
  }

  node(name: string): GraphNode {
    const node = this.#byName.get(name)
    if (!node) throw new Error(`The graph has no operation ${name}.`)
    return node
  }

  placeholder(name: string, dtype: DType, shape: readonly number[] | null): GraphValue {
    return this.op('Placeholder', [], { dtype: { type: dtype }, shape: { shape } }, { name, dtype })
  }

  constant(tensor: ConstantTensor, name = 'const'): GraphValue {
    return this.op('Const', [], { dtype: { type: tensor.dtype }, value: { tensor } }, { name, dtype: tensor.dtype })
  }

  scalar(value: number, dtype: 'float32' | 'int32' | 'int64' = 'float32'): GraphValue {
    return this.constant({ dtype, shape: [], values: [value] })
  }

  /** The sizes of a value, int32 `[axes]`. */
  shapeOf(value: GraphValue): GraphValue {
    return this.op('Shape', [value], { out_type: { type: 'int32' } }, { dtype: 'int32' })
  }

  /** `value` in another type; itself where it has that type. */
  cast(value: GraphValue, dtype: DType): GraphValue {
    if (value.dtype === dtype) return value
    return this.op('Cast', [value], { SrcT: { type: value.dtype }, DstT: { type: dtype } }, { dtype })
  }

  #freeName(wanted: string): string {
    const count = this.#counts.get(wanted) ?? 0
    this.#counts.set(wanted, count + 1)
    return count === 0 ? wanted : `${wanted}_${count}`
  }
}
