import { paramIssues } from '../layers/params'
import { shapeText, sizeOf, type LayerProblem, type Shape } from '../layers/shape'
import { connect } from './edit'
import type { NetworkDocument } from './document'
import { fitOutput, type DataFit } from './fit'
import {
  bridgeFix,
  cycleFix,
  feedFix,
  fix,
  headFix,
  fitInputFix,
  inputFix,
  leadFix,
  looseEndFix,
  outputLossFix,
  removeFix,
  setFix,
  softmaxFix,
  spareWiresFix,
  valueFix,
  type Fix,
} from './mend'
import { gradientProblems } from './gradient-problems'
import { tieProblems } from './tie-problems'
import { inputNodes, networkEnds, sampleShape, takenShape, type NetworkEnds } from './outputs'
import type { NodeFacts } from './walk'

export type { DataFit } from './fit'

type Facts = ReadonlyMap<string, NodeFacts>

/** Why a network cannot train, on the layer to blame (null: the network as a whole), with a mend where one is known. */
export interface NetworkProblem extends LayerProblem {
  readonly node: string | null
  readonly fix?: Fix
}

/** More weights than this in one layer (2 GiB in single precision) cannot be kept in memory or written in one piece. */
export const mostWeights = 2 ** 29

/** All that keeps a network from training on data of a given fit; without data only the network itself is judged. */
export function check(network: NetworkDocument, facts: Facts, data?: DataFit): NetworkProblem[] {
  if (network.nodes.length === 0) return [problem(null, 'empty-network')]
  const own = [
    ...[...facts.values()].flatMap((one) => [...valueProblems(one), ...placeProblems(network, facts, one)]),
    ...tieProblems(network, facts),
    ...gradientProblems(network, facts),
  ]
  // Without an input every first layer lacks one: say first what would mend them all.
  if (inputNodes(facts).length === 0) return [problem(null, 'no-input-layer', {}, inputFix(data?.shape)), ...own]
  return [...own, ...endProblems(network, facts, data)]
}

function problem(
  node: string | null,
  code: string,
  params: LayerProblem['params'] = {},
  mend?: Fix | undefined,
): NetworkProblem {
  return { node, code, params, ...(mend ? { fix: mend } : {}) }
}

function valueProblems({ node, kind }: NodeFacts): NetworkProblem[] {
  if (!kind) return []
  return paramIssues(kind.params, node.values).map(({ param, code, allowed }) => {
    const initial = kind.params[param]?.initial
    const mend = initial === undefined ? undefined : setFix('reset-value', node.id, { [param]: initial }, { param })
    return problem(node.id, code, { param, ...allowed }, mend)
  })
}

/** What is wrong with a layer where it stands. What only repeats the fault of a layer in front is left out. */
function placeProblems(network: NetworkDocument, facts: Facts, one: NodeFacts): NetworkProblem[] {
  const { node, result, weights } = one
  if (result.ok) {
    const count = weights.trainable + weights.frozen
    return count > mostWeights ? [problem(node.id, 'too-many-weights', { count, max: mostWeights })] : []
  }
  const { code, params } = result.problem
  return code === 'source-unknown' ? [] : [problem(node.id, code, params, placeFix(network, facts, one, code))]
}

function placeFix(network: NetworkDocument, facts: Facts, one: NodeFacts, code: string): Fix | undefined {
  const { id } = one.node
  switch (code) {
    case 'unknown-kind':
      return removeFix(id)
    case 'cycle':
      return cycleFix(network, id)
    case 'no-input':
    case 'too-few-inputs':
      return feedFix(network, facts, id)
    case 'too-many-inputs':
      return spareWiresFix(network, id, one.kind?.inputs.max ?? 0)
    case 'wrong-rank':
      return bridgeFix(network, facts, id)
    default:
      return valueFix(one)
  }
}

/** What is wrong with the network's beginnings and ends, and, with data, whether they suit the data. */
function endProblems(network: NetworkDocument, facts: Facts, data?: DataFit): NetworkProblem[] {
  const inputs = inputNodes(facts)
  const ends = networkEnds(network, facts)
  const [input] = inputs
  if (input && ends.outputs.length === 0) {
    const spare = inputs.slice(1).map(({ node }) => problem(node.id, 'unused-input', {}, removeFix(node.id)))
    return [...spare, problem(input.node.id, 'no-layers', {}, firstLayerFix(facts, input, data))]
  }
  return [
    ...inputs.flatMap((one) => unusedProblem(network, facts, one)),
    ...ends.loose.map(({ node }) => problem(node.id, 'loose-end', {}, looseEndFix(network, facts, node.id))),
    ...(data ? inputs.flatMap((one) => inputFit(one, data.shape)) : []),
    ...outputProblems(network, facts, ends, data),
  ]
}

function unusedProblem(network: NetworkDocument, facts: Facts, { node }: NodeFacts): NetworkProblem[] {
  if (network.wires.some((wire) => wire.from === node.id)) return []
  return [problem(node.id, 'unused-input', {}, leadFix(network, facts, node.id) ?? removeFix(node.id))]
}

function outputProblems(
  network: NetworkDocument,
  facts: Facts,
  { main, outputs }: NetworkEnds,
  data?: DataFit,
): NetworkProblem[] {
  const [first] = outputs
  const sample = data?.shape ?? sampleShape(facts)
  return [
    ...(!main && first ? [problem(first.id, 'no-class-output', {}, outputLossFix(first.id))] : []),
    ...outputs.flatMap(({ id, loss }) => {
      const end = facts.get(id)
      if (!end) return []
      if (loss === 'sample') return sample ? sampleFit(network, facts, end, sample) : []
      return data ? classFit(network, facts, end, data.classes) : []
    }),
  ]
}

function firstLayerFix(facts: Facts, input: NodeFacts, data?: DataFit): Fix | undefined {
  const next = [...facts.values()].find(({ result }) => !result.ok && result.problem.code === 'no-input')
  if (next) return fix('connect-to', { to: next.node.id }, (before) => connect(before, input.node.id, next.node.id))
  return data && headFix(input, data.classes)
}

function inputFit(input: NodeFacts, wanted: Shape): NetworkProblem[] {
  const { node, result } = input
  const taken = takenShape(input, wanted)
  if (!result.ok || (taken && shapeText(result.shape) === shapeText(taken))) return []
  const params = { found: shapeText(result.shape), wanted: shapeText(wanted) }
  const code = taken ? 'input-differs-from-data' : 'channels-not-in-data'
  return [problem(node.id, code, params, fitInputFix(input, wanted))]
}

function classFit(network: NetworkDocument, facts: Facts, end: NodeFacts, classes: number): NetworkProblem[] {
  const { node, kind, result } = end
  if (!result.ok || !kind) return []
  if (result.shape.length !== 1 || sizeOf(result.shape) !== classes) {
    const params = { found: shapeText(result.shape), classes }
    const output = result.shape.length === 1 ? fitOutput(network, facts, node.id, [classes]) : undefined
    const mend = output ? setFix('fit-output', output.node, output.values, params) : headFix(end, classes)
    return [problem(node.id, 'output-differs-from-classes', params, mend)]
  }
  const softmax = kind.activation !== undefined && kind.complete(node.values)[kind.activation] === 'softmax'
  return softmax ? [] : [problem(node.id, 'no-softmax', {}, softmaxFix(end))]
}

/** What is wrong with an output that is compared with the sample. */
function sampleFit(network: NetworkDocument, facts: Facts, end: NodeFacts, sample: Shape): NetworkProblem[] {
  const { node, result } = end
  if (!result.ok || shapeText(result.shape) === shapeText(sample)) return []
  const params = { found: shapeText(result.shape), wanted: shapeText(sample) }
  const places = (shape: Shape) => shapeText(shape.slice(0, -1))
  const fit = places(result.shape) === places(sample) ? fitOutput(network, facts, node.id, sample) : undefined
  const mend = fit ? setFix('fit-sample', fit.node, fit.values, params) : outputLossFix(node.id)
  return [problem(node.id, 'output-differs-from-sample', params, mend)]
}
