import { tf, type Layer, type Variable } from '../tf'
import type { BuiltNode } from './build'

/** A weight array of a layer, without its values. */
export interface WeightPlace {
  /** The layer's node; where several layers use it, the one to which the others are tied. */
  readonly node: string
  /** Its name within the layer: `kernel`, `bias`. */
  readonly name: string
  readonly shape: readonly number[]
}

export interface Weight extends WeightPlace {
  readonly values: Float32Array<ArrayBuffer>
}

type LayerVariable = Layer['weights'][number]

/** The nodes that bring weights along: of those that use the same ones only the first. */
export function weightBringers(nodes: readonly BuiltNode[]): BuiltNode[] {
  const known = new Set<string>()
  return nodes.filter(({ owner }) => !known.has(owner) && known.add(owner))
}

/** The weight arrays of a network, layer by layer; those that several layers use stand once, with their owner's node. */
export function listWeights(nodes: readonly BuiltNode[]): WeightPlace[] {
  return layerVariables(nodes).map(placeOf)
}

/** Copies the weights of a network, layer by layer, or only those of one layer. */
export function readWeights(nodes: readonly BuiltNode[], ofNode?: string): Weight[] {
  return layerVariables(nodes.filter(({ owner }) => ofNode === undefined || owner === ofNode)).map((one) => ({
    ...placeOf(one),
    values: Float32Array.from(one.variable.read().dataSync()),
  }))
}

/** Puts weights into a network of the same layers; throws an `Error` that names the first one that does not fit. */
export function writeWeights(nodes: readonly BuiltNode[], weights: readonly Weight[]): void {
  const given = new Map(weights.map((weight) => [`${weight.node}/${weight.name}`, weight]))
  for (const { node, name, variable } of layerVariables(nodes)) {
    const key = `${node}/${name}`
    const weight = fittingWeight(given.get(key), key, variable.shape)
    const values = tf.tensor(weight.values, [...weight.shape])
    variable.write(values)
    values.dispose()
  }
}

/** A weight that is there and has the wanted shape; throws an `Error` that names it where it is not so. */
export function fittingWeight(weight: Weight | undefined, name: string, shape: readonly (number | null)[]): Weight {
  if (!weight) throw new Error(`${name} is missing`)
  if (weight.shape.join() === shape.join()) return weight
  throw new Error(`${name} has the shape ${weight.shape.join(' × ')}, not ${shape.join(' × ')}`)
}

/** The variables that training moves, in the order of the layers. */
export function trainableVariables(nodes: readonly BuiltNode[]): Variable[] {
  return weightBringers(nodes)
    .flatMap(({ layer }) => layer?.trainableWeights ?? [])
    .map((variable) => {
      const value = variable.read()
      if (!(value instanceof tf.Variable)) throw new Error(`${variable.name} is no variable`)
      return value
    })
}

/** Frees all weights. Layers are not disposed as such: tfjs forgets some of their weights then. */
export function disposeWeights(nodes: readonly BuiltNode[]): void {
  for (const { variable } of layerVariables(nodes)) variable.dispose()
}

interface Placed {
  readonly node: string
  readonly name: string
  readonly variable: LayerVariable
}

function placeOf({ node, name, variable }: Placed): WeightPlace {
  return { node, name, shape: variable.shape.map((size) => size ?? 0) }
}

function layerVariables(nodes: readonly BuiltNode[]): Placed[] {
  return weightBringers(nodes).flatMap(({ owner, layer }) =>
    (layer?.weights ?? []).map((variable) => ({ node: owner, name: ownName(variable, layer?.name ?? ''), variable })),
  )
}

/** tfjs names a weight `layer/kernel`, in a second network of the process `layer/kernel_1`. */
function ownName({ originalName }: LayerVariable, layer: string): string {
  return originalName.startsWith(`${layer}/`) ? originalName.slice(layer.length + 1) : originalName
}
