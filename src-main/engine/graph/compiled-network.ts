import { sizeOf } from '@shared/layers/shape'
import type { Samples } from '../data/batches'
import type { LayerOutput } from '../model/layer-output'
import { fittingWeight, type Weight, type WeightPlace } from '../model/weights'
import { answerName, type CompiledGraph } from './compile'
import { GraphSession, type Fed, type Fetched } from './session'

/** What training keeps besides the weights, by name: float32, an optimizer's means and products. */
export type OtherState = ReadonlyMap<string, Float32Array>

/** A compiled graph in a session, with its weights in and out by layer. Who makes it disposes it. */
export class CompiledNetwork {
  readonly #compiled: CompiledGraph
  readonly #session: GraphSession
  readonly #shape: readonly number[]
  readonly #places: readonly { key: string; place: WeightPlace }[]

  /** `shape` is one sample's. All variables are written before anything is computed. */
  constructor(compiled: CompiledGraph, shape: readonly number[], weights: readonly Weight[]) {
    this.#compiled = compiled
    this.#shape = shape
    this.#places = compiled.weights.map(({ name, shape }) => {
      const cut = name.lastIndexOf('/')
      return { key: name, place: { node: name.slice(0, cut), name: name.slice(cut + 1), shape } }
    })
    this.#session = new GraphSession(compiled.graph, compiled.signatures)
    try {
      this.writeAll(weights)
    } catch (error) {
      this.#session.dispose()
      throw error
    }
  }

  run(signature: string, inputs: Readonly<Record<string, Fed>>): Record<string, Fetched> {
    return this.#session.run(signature, inputs)
  }

  /** Samples as the graph takes them. */
  samples({ count, values }: Samples): Fed {
    if (count === 0) throw new RangeError('An empty batch cannot be computed')
    const type = values instanceof Uint8Array ? 'uint8' : 'float32'
    return { type, shape: [count, ...this.#shape], values }
  }

  /** Probabilities of each class, sample by sample. */
  predict(samples: Samples): Float32Array {
    const main = answerName(0)
    return floats(this.#session.run('predict', { inputs: this.samples(samples) }, [main])[main])
  }

  /** What each output answers, the main one's probabilities first; sample by sample. */
  answers(samples: Samples): Float32Array[] {
    return Object.values(this.run('predict', { inputs: this.samples(samples) })).map(floats)
  }

  /** What the named layers put out for samples, from one pass. */
  layerOutputs(samples: Samples, nodes: readonly string[]): Map<string, LayerOutput> {
    const found = this.#session.run('outputs', { inputs: this.samples(samples) }, nodes)
    return new Map(
      nodes.flatMap((node) => {
        const output = found[node]
        return output ? [[node, { shape: output.shape.slice(1), values: floats(output) }]] : []
      }),
    )
  }

  listWeights(): WeightPlace[] {
    return this.#places.map(({ place }) => place)
  }

  /** Copies all weights, or only those of one node. */
  readWeights(ofNode?: string): Weight[] {
    return this.#weightsFrom(this.run('read', {}), ofNode)
  }

  readAll(): { weights: Weight[]; others: { name: string; shape: readonly number[]; values: Float32Array }[] } {
    const read = this.run('read', {})
    const others = this.#compiled.others.map(({ name, shape }) => ({ name, shape, values: floats(read[name]) }))
    return { weights: this.#weightsFrom(read), others }
  }

  /** Writes all weights, and the rest as given or as at first. Throws an `Error` that names what does not fit. */
  writeAll(weights: readonly Weight[], others: OtherState = new Map()): void {
    const given = new Map(weights.map((weight) => [`${weight.node}/${weight.name}`, weight]))
    const own = this.#compiled.weights.map(({ name, shape }) => {
      return [name, float(shape, fittingWeight(given.get(name), name, shape).values)] as const
    })
    const rest = this.#compiled.others.map(({ name, shape, initial }) => {
      return [name, float(shape, others.get(name) ?? new Float32Array(sizeOf(shape)).fill(initial))] as const
    })
    this.run('write', Object.fromEntries([...own, ...rest]))
  }

  dispose(): void {
    this.#session.dispose()
  }

  #weightsFrom(read: Record<string, Fetched>, ofNode?: string): Weight[] {
    return this.#places
      .filter(({ place }) => ofNode === undefined || place.node === ofNode)
      .map(({ key, place }) => ({ ...place, values: floats(read[key]) }))
  }
}

/** Float32 values for a graph. */
export function float(shape: readonly number[], values: ArrayLike<number>): Fed {
  return { type: 'float32', shape, values: values instanceof Float32Array ? values : Float32Array.from(values) }
}

function floats(fetched: Fetched | undefined): Float32Array<ArrayBuffer> {
  return fetched ? Float32Array.from(fetched.values) : new Float32Array()
}
