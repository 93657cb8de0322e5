import { paramIssues } from '../layers/params'
import type { LayerProblem, Shape } from '../layers/shape'
import { shapeText, sizeOf } from '../layers/shape'
import { connect, insertOnWire, newNode, setValues } from './edit'
import type { NetworkDocument } from './document'
import { topologicalOrder, type NodeFacts } from './walk'

/** What the data asks of a network: the shape of one sample and the number of classes. */
export interface DataFit {
  readonly shape: Shape
  readonly classes: number
}

/** Why a network cannot train, on the layer to blame (null: the network as a whole), with a mend where one is known. */
export interface NetworkProblem extends LayerProblem {
  readonly node: string | null
  readonly fix?: {
    readonly code: string
    readonly params: LayerProblem['params']
    readonly apply: (network: NetworkDocument) => NetworkDocument
  }
}

/** A problem that only repeats that of a layer in front is left out, so that each fault is named once, on its culprit. */
const consequences = new Set(['source-unknown'])

/** All that keeps a network from training on data of a given fit; without data only the network itself is judged. */
export function check(
  network: NetworkDocument,
  facts: ReadonlyMap<string, NodeFacts>,
  data?: DataFit,
): NetworkProblem[] {
  if (network.nodes.length === 0) return [{ node: null, code: 'empty-network', params: {} }]
  return [
    ...topologicalOrder(network).cyclic.map((node) => ({ node: node.id, code: 'cycle', params: {} })),
    ...[...facts.values()].flatMap((one) => ownProblems(network, one)),
    ...endProblems(network, facts, data),
  ]
}

function ownProblems(network: NetworkDocument, facts: NodeFacts): NetworkProblem[] {
  const { node, kind, result } = facts
  const wrong = kind ? paramIssues(kind.params, node.values) : []
  if (wrong[0])
    return [{ node: node.id, code: 'bad-value', params: { param: wrong[0].param, detail: wrong[0].detail } }]
  if (result.ok || consequences.has(result.problem.code)) return []
  const problem = { node: node.id, ...result.problem }
  return [result.problem.code === 'wrong-rank' ? withFlatten(network, facts, problem) : problem]
}

/** Offers the layer that lays values out in a row where a row is wanted. Which layer that is, the registry knows. */
function withFlatten(
  network: NetworkDocument,
  { node, kind, inputs }: NodeFacts,
  problem: NetworkProblem,
): NetworkProblem {
  const wire = network.wires.find((one) => one.to === node.id)
  if (!wire || !kind?.inputs.ranks.includes(1) || inputs.every((shape) => shape.length === 1)) return problem
  return {
    ...problem,
    fix: {
      code: 'insert-flatten',
      params: {},
      apply: (before) => {
        const position = { x: node.position.x, y: node.position.y - 60 }
        return insertOnWire(before, wire.id, newNode(before, 'flatten', position))
      },
    },
  }
}

function endProblems(
  network: NetworkDocument,
  facts: ReadonlyMap<string, NodeFacts>,
  data?: DataFit,
): NetworkProblem[] {
  const all = [...facts.values()]
  const inputs = all.filter(({ kind }) => kind?.inputs.max === 0)
  const sources = new Set(network.wires.map((wire) => wire.from))
  const ends = all.filter(({ node, kind }) => !sources.has(node.id) && kind && kind.inputs.max > 0)
  const [input] = inputs
  const [end] = ends
  if (!input) return [{ node: null, code: 'no-input-layer', params: {} }]
  if (inputs.length > 1)
    return inputs.slice(1).map(({ node }) => ({ node: node.id, code: 'second-input-layer', params: {} }))
  if (!end) return [{ node: input.node.id, code: 'no-layers', params: {} }]
  if (ends.length > 1) return ends.slice(0, -1).map(({ node }) => looseEnd(node.id, facts))
  return data ? [...inputFit(input, data.shape), ...outputFit(end, data.classes)] : []
}

/** A second open end: offers to wire it to the next layer that still lacks an input. */
function looseEnd(id: string, facts: ReadonlyMap<string, NodeFacts>): NetworkProblem {
  const target = [...facts.values()].find(
    ({ result, node }) => !result.ok && result.problem.code === 'no-input' && node.id !== id,
  )
  const problem = { node: id, code: 'loose-end', params: {} }
  if (!target) return problem
  return { ...problem, fix: { code: 'connect', params: {}, apply: (before) => connect(before, id, target.node.id) } }
}

function inputFit({ node, kind, result }: NodeFacts, wanted: Shape): NetworkProblem[] {
  if (!result.ok || shapeText(result.shape) === shapeText(wanted)) return []
  const params = { found: shapeText(result.shape), wanted: shapeText(wanted) }
  const values = kind?.fit?.(node.values, wanted)
  return [
    {
      node: node.id,
      code: 'input-differs-from-data',
      params,
      ...(values ? { fix: { code: 'fit-input', params, apply: (before) => setValues(before, node.id, values) } } : {}),
    },
  ]
}

function outputFit({ node, kind, result }: NodeFacts, classes: number): NetworkProblem[] {
  if (!result.ok || !kind) return []
  if (result.shape.length !== 1 || sizeOf(result.shape) !== classes) {
    const params = { found: shapeText(result.shape), classes }
    const values = kind.fit?.(node.values, [classes])
    return [
      {
        node: node.id,
        code: 'output-differs-from-classes',
        params,
        ...(values
          ? { fix: { code: 'fit-output', params, apply: (before) => setValues(before, node.id, values) } }
          : {}),
      },
    ]
  }
  const { activation } = kind
  if (activation && kind.complete(node.values)[activation] === 'softmax') return []
  return [
    {
      node: node.id,
      code: 'no-softmax',
      params: {},
      ...(activation
        ? {
            fix: {
              code: 'set-softmax',
              params: {},
              apply: (before) => setValues(before, node.id, { [activation]: 'softmax' }),
            },
          }
        : {}),
    },
  ]
}
