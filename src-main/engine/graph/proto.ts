import type { Attribute, ConstantTensor, DType, GraphValue } from '@shared/graph/value'
import type { GraphNode } from './graph'
import { messages, type Message } from './messages'

/** TensorFlow's numbers for its types (types.proto). */
const typeNumbers: Readonly<Record<DType, number>> = {
  float32: 1,
  int32: 3,
  uint8: 4,
  string: 7,
  int64: 9,
  bool: 10,
  bfloat16: 14,
  float16: 19,
  resource: 20,
}

/** One call into the graph: what is fed and what comes back, by name. */
export interface Signature {
  readonly inputs: Readonly<Record<string, GraphValue>>
  readonly outputs: Readonly<Record<string, GraphValue>>
  /** Sizes of inputs and outputs by name, -1 for one known only at run time; for those who read the file. */
  readonly shapes?: Readonly<Record<string, readonly number[]>>
}

/** The bytes of a `saved_model.pb` with one meta graph tagged `serve`. */
export function savedModelBytes(
  graph: { readonly nodes: readonly GraphNode[] },
  signatures: Readonly<Record<string, Signature>>,
): Uint8Array {
  const definition = new messages.GraphDef()
  const versions = new messages.VersionDef()
  versions.setProducer(producer)
  definition.setVersions(versions)
  for (const node of graph.nodes) definition.addNode(nodeMessage(node))

  const meta = new messages.MetaGraphDef.MetaInfoDef()
  meta.setTagsList(['serve'])
  const metaGraph = new messages.MetaGraphDef()
  metaGraph.setMetaInfoDef(meta)
  metaGraph.setGraphDef(definition)
  for (const [name, signature] of Object.entries(signatures)) {
    metaGraph.getSignatureDefMap().set(name, signatureMessage(signature))
  }
  const model = new messages.SavedModel()
  model.setSavedModelSchemaVersion(1)
  model.addMetaGraphs(metaGraph)
  return model.serializeBinary()
}

/** GraphDef versions from 1882 on are TensorFlow 2.17's; the library accepts older producers, not newer consumers. */
const producer = 1882

/** `name` for the first output, `name:n` for the others, as GraphDef writes inputs. */
function reference({ node, output }: GraphValue): string {
  return output === 0 ? node : `${node}:${output}`
}

function nodeMessage(node: GraphNode): Message {
  const message = new messages.NodeDef()
  message.setName(node.name)
  message.setOp(node.type)
  for (const input of node.inputs) message.addInput(reference(input))
  for (const before of node.after) message.addInput(`^${before}`)
  for (const [name, attribute] of Object.entries(node.attributes)) {
    message.getAttrMap().set(name, attributeMessage(attribute))
  }
  return message
}

function attributeMessage(attribute: Attribute): Message {
  const message = new messages.AttrValue()
  if ('type' in attribute) message.setType(typeNumbers[attribute.type])
  else if ('int' in attribute) message.setI(attribute.int)
  else if ('float' in attribute) message.setF(attribute.float)
  else if ('bool' in attribute) message.setB(attribute.bool)
  else if ('text' in attribute) message.setS(Buffer.from(attribute.text))
  else if ('shape' in attribute) message.setShape(shapeMessage(attribute.shape))
  else if ('tensor' in attribute) message.setTensor(tensorMessage(attribute.tensor))
  else {
    const list = new messages.AttrValue.ListValue()
    list.setIList([...attribute.ints])
    message.setList(list)
  }
  return message
}

function shapeMessage(shape: readonly number[] | null): Message {
  const message = new messages.TensorShape()
  if (shape === null) {
    message.setUnknownRank(true)
    return message
  }
  message.setDimList(
    shape.map((size) => {
      const dimension = new messages.TensorShape.Dim()
      dimension.setSize(size)
      return dimension
    }),
  )
  return message
}

function tensorMessage({ dtype, shape, values }: ConstantTensor): Message {
  const message = new messages.Tensor()
  message.setDtype(typeNumbers[dtype])
  message.setTensorShape(shapeMessage(shape))
  message.setTensorContent(contentOf(dtype, values))
  return message
}

function contentOf(dtype: ConstantTensor['dtype'], values: ConstantTensor['values']): Uint8Array {
  const bytes = (array: ArrayBufferView) => new Uint8Array(array.buffer, array.byteOffset, array.byteLength)
  switch (dtype) {
    case 'float32':
      return bytes(values instanceof Float32Array ? values : Float32Array.from(values))
    case 'int32':
      return bytes(Int32Array.from(values))
    case 'int64':
      return bytes(BigInt64Array.from(values, (value) => BigInt(value)))
    case 'bool':
      return Uint8Array.from(values, (value) => (value ? 1 : 0))
  }
}

function signatureMessage({ inputs, outputs, shapes = {} }: Signature): Message {
  const message = new messages.SignatureDef()
  const info = (name: string, value: GraphValue) => infoMessage(value, shapes[name] ?? null)
  for (const [name, value] of Object.entries(inputs)) message.getInputsMap().set(name, info(name, value))
  for (const [name, value] of Object.entries(outputs)) message.getOutputsMap().set(name, info(name, value))
  message.setMethodName('tensorflow/serving/predict')
  return message
}

function infoMessage(value: GraphValue, shape: readonly number[] | null): Message {
  const message = new messages.TensorInfo()
  message.setName(`${value.node}:${value.output}`)
  message.setDtype(typeNumbers[value.dtype])
  message.setTensorShape(shapeMessage(shape))
  return message
}
