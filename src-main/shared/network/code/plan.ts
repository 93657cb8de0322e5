import { inKeras, type KerasLayer } from '../../layers/keras-layer'
import type { TfjsLayer } from '../../layers/define'
import type { Shape } from '../../layers/shape'
import type { NetworkDocument, NetworkNode } from '../document'
import { networkEnds, type NetworkOutput } from '../outputs'
import { tiesOf } from '../tied'
import type { NodeFacts } from '../walk'
import { walk, wiresInto } from '../walk'

/** A line of code and the layer it belongs to, if any. */
export interface CodeLine {
  readonly text: string
  readonly node?: string
}

/** One layer to be written. */
export interface CodeStep {
  readonly node: NetworkNode
  /** The layer in tfjs's words and in Keras's; undefined for an input, which is its shape alone. */
  readonly tfjs: TfjsLayer | undefined
  readonly keras: KerasLayer | undefined
  /** What comes in, by input, as far as it is known. */
  readonly inputs: readonly Shape[]
  /** An input's own shape. */
  readonly shape: Shape
  readonly sources: readonly string[]
  /** The step that stands for the layers that are tied to each other, this one among them; its layer is made once. */
  readonly shared?: string
}

/** Why a layer has no code; a key of the messages at `code.missing`. */
export type WhyMissing = 'unknown-kind' | 'not-connected' | 'no-class'

/** What is to be written, in order, each layer behind its sources. */
export interface CodePlan {
  readonly steps: readonly CodeStep[]
  /** Layers that cannot be written, in document order. */
  readonly missing: readonly { readonly node: NetworkNode; readonly why: WhyMissing }[]
  /** The layers that nothing comes behind: the network's outputs, the main one first, then loose ends. */
  readonly outputs: readonly string[]
  /** By what training judges the outputs, in their order; empty where an only one is judged as usual, or an end is loose. */
  readonly judged: readonly NetworkOutput[]
  /** Whether the layers stand one behind another, from the only input to the only output. */
  readonly chain: boolean
}

/** Plans a network's code; `hasClass` tells whether the language has, or can be given, a layer's class. */
export function planCode(
  network: NetworkDocument,
  hasClass: (layer: TfjsLayer) => boolean,
  facts: ReadonlyMap<string, NodeFacts> = walk(network),
): CodePlan {
  const into = wiresInto(network)
  const steps = new Map<string, CodeStep>()
  const missing = new Map<string, WhyMissing>()
  for (const { node, kind, inputs, result } of facts.values()) {
    const sources = (into.get(node.id) ?? []).map(({ from }) => from)
    const tfjs = kind?.tfjs(node.values, inputs)
    if (!kind) missing.set(node.id, 'unknown-kind')
    else if (sources.length < kind.inputs.min || !sources.every((id) => steps.has(id)))
      missing.set(node.id, 'not-connected')
    else if (tfjs && !hasClass(tfjs)) missing.set(node.id, 'no-class')
    else {
      const shape = result.ok ? result.shape : []
      steps.set(node.id, { node, tfjs, keras: tfjs && inKeras(tfjs), inputs, shape, sources })
    }
  }
  const written = markShared(network, steps)
  const feeding = new Set(written.flatMap(({ sources }) => sources))
  const ends = networkEnds(network, facts).outputs
  const place = (id: string) => ends.findIndex((end) => end.id === id)
  const open = written.filter(({ node, tfjs }) => tfjs && !feeding.has(node.id)).map(({ node }) => node.id)
  const outputs = [
    ...open.filter((id) => place(id) >= 0).sort((one, other) => place(one) - place(other)),
    ...open.filter((id) => place(id) < 0),
  ]
  const usual = ends.length === 1 && ends[0]?.weight === 1
  return {
    steps: written,
    missing: network.nodes.flatMap((node) => {
      const why = missing.get(node.id)
      return why ? [{ node, why }] : []
    }),
    outputs,
    judged: usual || outputs.join() !== ends.map(({ id }) => id).join() ? [] : ends,
    chain: missing.size === 0 && written.length > 1 && isChain(written),
  }
}

/** Tells the steps whose layers are tied by which of them the layer is made: the owner, where that can be written. */
function markShared(network: NetworkDocument, steps: ReadonlyMap<string, CodeStep>): CodeStep[] {
  const makers = new Map<string, string>()
  for (const group of tiesOf(network).groups.values()) {
    const [maker, ...others] = group.filter((id) => steps.get(id)?.tfjs)
    if (maker !== undefined && others.length > 0) for (const id of [maker, ...others]) makers.set(id, maker)
  }
  return [...steps.values()].map((step) => {
    const shared = makers.get(step.node.id)
    return shared === undefined ? step : { ...step, shared }
  })
}

function isChain(steps: readonly CodeStep[]): boolean {
  // Frameworks take a layer into a sequence only once.
  return steps.every(({ tfjs, sources, shared }, n) =>
    n === 0 ? !tfjs : tfjs && !shared && sources.length === 1 && sources[0] === steps[n - 1]?.node.id,
  )
}
