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

/** How the values of variables come from files beside the graph, and go there (saver.proto). */
export interface Saver {
  /** What is fed with the files' common path. */
  readonly path: GraphValue
  /** What is asked for to have them written. */
  readonly saved: GraphValue
  /** The operation that reads them all. */
  readonly restore: string
}

/** What only a model needs that is opened elsewhere. */
export interface ModelExtras {
  readonly saver?: Saver
  /** Encoded messages by the name of their collection (meta_graph.proto). */
  readonly collections?: Readonly<Record<string, readonly Uint8Array[]>>
}

/** The bytes of a `saved_model.pb` with one meta graph tagged `serve`. */
export function savedModelBytes(
  graph: { readonly nodes: readonly GraphNode[] },
  signatures: Readonly<Record<string, Signature>>,
  { saver, collections = {} }: ModelExtras = {},
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
  if (saver) metaGraph.setSaverDef(saverMessage(saver))
  for (const [name, entries] of Object.entries(collections)) {
    metaGraph.getCollectionDefMap().set(name, collectionMessage(entries))
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
    if ('ints' in attribute) list.setIList([...attribute.ints])
    else list.setTypeList(attribute.types.map((type) => typeNumbers[type]))
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

function tensorMessage(tensor: ConstantTensor): Message {
  const message = new messages.Tensor()
  message.setDtype(typeNumbers[tensor.dtype])
  message.setTensorShape(shapeMessage(tensor.shape))
  if (tensor.dtype === 'string') message.setStringValList(tensor.texts.map((text) => Buffer.from(text)))
  else message.setTensorContent(contentOf(tensor))
  return message
}

function contentOf({ dtype, values }: Exclude<ConstantTensor, { dtype: 'string' }>): Uint8Array {
  const bytes = (array: ArrayBufferView) => new Uint8Array(array.buffer, array.byteOffset, array.byteLength)
  switch (dtype) {
    case 'float32':
      return bytes(Float32Array.from(values))
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

function saverMessage({ path, saved, restore }: Saver): Message {
  const message = new messages.SaverDef()
  message.setFilenameTensorName(`${path.node}:${path.output}`)
  message.setSaveTensorName(`${saved.node}:${saved.output}`)
  message.setRestoreOpName(restore)
  message.setVersion(2)
  return message
}

function collectionMessage(entries: readonly Uint8Array[]): Message {
  const list = new messages.CollectionDef.BytesList()
  list.setValueList([...entries])
  const message = new messages.CollectionDef()
  message.setBytesList(list)
  return message
}

function infoMessage(value: GraphValue, shape: readonly number[] | null): Message {
  const message = new messages.TensorInfo()
  message.setName(`${value.node}:${value.output}`)
  message.setDtype(typeNumbers[value.dtype])
  message.setTensorShape(shapeMessage(shape))
  return message
}
