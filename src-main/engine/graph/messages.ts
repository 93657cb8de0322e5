import { createRequire } from 'node:module'

interface MessageMap {
  set(name: string, message: Message): void
}

/** What we use of the protobuf classes that tfjs-node carries (google-protobuf's naming: one setter or adder a field). */
export interface Message {
  setName(name: string): void
  setOp(type: string): void
  addInput(reference: string): void
  getAttrMap(): MessageMap
  setType(number: number): void
  setI(value: number): void
  setF(value: number): void
  setB(value: boolean): void
  setS(value: Uint8Array): void
  setShape(message: Message): void
  setTensor(message: Message): void
  setList(message: Message): void
  setIList(values: number[]): void
  setTypeList(numbers: number[]): void
  setStringValList(texts: Uint8Array[]): void
  setUnknownRank(unknown: boolean): void
  setDimList(messages: Message[]): void
  setSize(size: number): void
  setDtype(number: number): void
  setTensorShape(message: Message): void
  setTensorContent(bytes: Uint8Array): void
  setProducer(version: number): void
  setVersions(message: Message): void
  addNode(message: Message): void
  setTagsList(tags: string[]): void
  setMetaInfoDef(message: Message): void
  setGraphDef(message: Message): void
  getSignatureDefMap(): MessageMap
  getInputsMap(): MessageMap
  getOutputsMap(): MessageMap
  setMethodName(name: string): void
  setSaverDef(message: Message): void
  setFilenameTensorName(name: string): void
  setSaveTensorName(name: string): void
  setRestoreOpName(name: string): void
  setVersion(version: number): void
  getCollectionDefMap(): MessageMap
  setBytesList(message: Message): void
  setValueList(entries: Uint8Array[]): void
  setSavedModelSchemaVersion(version: number): void
  addMetaGraphs(message: Message): void
  serializeBinary(): Uint8Array
}

type MessageClass = new () => Message

interface Classes {
  readonly AttrValue: MessageClass & { readonly ListValue: MessageClass }
  readonly CollectionDef: MessageClass & { readonly BytesList: MessageClass }
  readonly GraphDef: MessageClass
  readonly MetaGraphDef: MessageClass & { readonly MetaInfoDef: MessageClass }
  readonly NodeDef: MessageClass
  readonly SavedModel: MessageClass
  readonly SaverDef: MessageClass
  readonly SignatureDef: MessageClass
  readonly Tensor: MessageClass
  readonly TensorInfo: MessageClass
  readonly TensorShape: MessageClass & { readonly Dim: MessageClass }
  readonly VersionDef: MessageClass
}

const load: (id: string) => Classes = createRequire(import.meta.url)

/** TensorFlow's protobuf classes, as tfjs-node ships them. */
export const messages = load('@tensorflow/tfjs-node-gpu/dist/proto/api_pb.js')
