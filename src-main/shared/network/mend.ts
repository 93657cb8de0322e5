import type { LayerKind } from '../layers/define'
import type { Param } from '../layers/params'
import { layerKinds } from '../layers/registry'
import { shapeText, sizeOf, type LayerProblem, type Shape } from '../layers/shape'
import { addBehind, addOnWire } from './arrange'
import type { NetworkDocument, OutputMark, Value, Values } from './document'
import { canConnect, connect, inputsOf, reaches, removeNodes, removeWires, replaceKind, setValues } from './edit'
import { inputNodes, networkEnds, sampleShape, setOutput } from './outputs'
import type { NodeFacts } from './walk'

/** A mend that one click does: a code of the message files (`problems.fixes.<code>`) with its values, and the edit. */
export interface Fix {
  readonly code: string
  readonly params: LayerProblem['params']
  readonly apply: (network: NetworkDocument) => NetworkDocument
}

export function fix(code: string, params: Fix['params'], apply: Fix['apply']): Fix {
  return { code, params, apply }
}

export function setFix(code: string, node: string, values: Values, params: Fix['params'] = {}): Fix {
  return fix(code, params, (network) => setValues(network, node, values))
}

export function removeFix(node: string): Fix {
  return fix('remove-layer', { node }, (network) => removeNodes(network, [node]))
}

/** The first kind of the registry for which `test` holds: mends look for what a layer can do, never for its name. */
function kindThat(test: (kind: LayerKind) => boolean): LayerKind | undefined {
  return [...layerKinds.values()].find(test)
}

/** A kind that only lays the values of a shape out anew, on a number of axes that is wanted. */
export function bridge(shape: Shape, ranks: readonly number[]): LayerKind | undefined {
  return kindThat((kind) => {
    if (kind.category !== 'shape' || kind.inputs.max !== 1) return false
    const result = kind.outShape({}, [shape])
    return result.ok && ranks.includes(result.shape.length) && sizeOf(result.shape) === sizeOf(shape)
  })
}

/** Puts a layer that lays the values out anew into the wire that brings a shape of the wrong number of axes. */
export function bridgeFix(
  network: NetworkDocument,
  facts: ReadonlyMap<string, NodeFacts>,
  id: string,
): Fix | undefined {
  const ranks = facts.get(id)?.kind?.inputs.ranks ?? []
  for (const wire of network.wires.filter((one) => one.to === id)) {
    const source = facts.get(wire.from)?.result
    if (!source?.ok || ranks.includes(source.shape.length)) continue
    const kind = bridge(source.shape, ranks)
    if (kind)
      return fix('insert-layer', { layer: kind.kind }, (before) => addOnWire(before, kind.kind, wire.id).network)
  }
  return undefined
}

/**
 * A change of one value with which a layer would accept its inputs: another option, else a smaller size, or the next
 * smaller number where the problem names the setting.
 */
export function valueFix({ node, kind, inputs, result }: NodeFacts): Fix | undefined {
  if (!kind) return undefined
  const values = kind.complete(node.values)
  const tries = Object.entries(kind.params).flatMap(([param, entry]) =>
    candidates(param, entry, values, inputs[0] ?? []),
  )
  const named = result.ok ? undefined : result.problem.params['param']
  const ordered = [
    ...(typeof named === 'string' ? smaller(named, kind.params[named], values) : []),
    ...tries.filter((one) => one.option),
    ...tries.filter((one) => !one.option),
  ]
  const found = ordered.find(({ param, value }) => kind.outShape({ ...values, [param]: value }, inputs).ok)
  if (!found) return undefined
  const { param, value, option } = found
  const params = { param, value: Array.isArray(value) ? shapeText(value) : String(value) }
  return setFix(option ? 'set-option' : 'set-size', node.id, { [param]: value }, params)
}

interface Candidate {
  readonly param: string
  readonly value: Value
  readonly option: boolean
}

function candidates(name: string, param: Param, values: Values, input: Shape): Candidate[] {
  const now = values[name]
  if (param.control === 'choice')
    return param.options.filter((value) => value !== now).map((value) => ({ param: name, value, option: true }))
  if (param.control !== 'size' || !Array.isArray(now)) return []
  const value = now.map((length, axis) => Math.max(param.min, Math.min(length, input[axis] ?? length)))
  return [{ param: name, value, option: false }]
}

function smaller(name: string, param: Param | undefined, values: Values): Candidate[] {
  const now = values[name]
  if (param?.control === 'size' && Array.isArray(now))
    return [{ param: name, value: now.map(() => param.min), option: false }]
  if (param?.control !== 'int' || typeof now !== 'number') return []
  const { min } = param
  const count = Math.max(0, now - min)
  return Array.from({ length: count }, (_unused, n) => ({ param: name, value: now - 1 - n, option: false }))
}

/**
 * Feeds a layer that lacks an input from the nearest open end that suits it, if need be through a layer that lays the
 * values out anew; else takes the layer away. In a network without any input there is nothing to feed it from, yet.
 */
export function feedFix(network: NetworkDocument, facts: ReadonlyMap<string, NodeFacts>, id: string): Fix | undefined {
  if (inputNodes(facts).length === 0) return undefined
  const target = facts.get(id)
  const ranks = target?.kind?.inputs.ranks ?? []
  const fed = new Set(network.wires.filter((wire) => wire.to === id).map((wire) => wire.from))
  const { outputs, loose } = networkEnds(network, facts)
  const known = outputs.flatMap(({ id: output }) => facts.get(output) ?? [])
  const ends = [...known, ...loose, ...sourcesWithoutTarget(network, facts)]
    .filter(({ node }) => !fed.has(node.id) && canConnect(network, node.id, id))
    .flatMap((end) => {
      if (!end.result.ok) return []
      const { shape } = end.result
      const fits = ranks.length === 0 || ranks.includes(shape.length)
      const between = fits ? undefined : bridge(shape, ranks)
      return fits || between ? [{ end, between }] : []
    })
    .sort((one, other) => distance(one.end, target) - distance(other.end, target))
  // What fits as it is comes before what is merely near.
  const nearest = ends.find(({ between }) => !between) ?? ends[0]
  if (!nearest) return removeFix(id)
  const from = nearest.end.node.id
  return fix('connect-from', { from }, (before) => {
    if (!nearest.between) return connect(before, from, id)
    const bridged = addBehind(before, nearest.between.kind, from)
    return connect(bridged.network, bridged.id, id)
  })
}

function sourcesWithoutTarget(network: NetworkDocument, facts: ReadonlyMap<string, NodeFacts>): NodeFacts[] {
  const used = new Set(network.wires.map((wire) => wire.from))
  return inputNodes(facts).filter(({ node }) => !used.has(node.id))
}

function distance(one: NodeFacts, other: NodeFacts | undefined): number {
  const [from, to] = [one.node.position, other?.node.position ?? { x: 0, y: 0 }]
  return Math.hypot(from.x - to.x, from.y - to.y)
}

/** Leads a node to a layer that still lacks an input, where there is one. */
export function leadFix(network: NetworkDocument, facts: ReadonlyMap<string, NodeFacts>, id: string): Fix | undefined {
  const target = [...facts.values()].find(
    ({ result, node }) =>
      !result.ok && ['no-input', 'too-few-inputs'].includes(result.problem.code) && canConnect(network, id, node.id),
  )
  return target && fix('connect-to', { to: target.node.id }, (before) => connect(before, id, target.node.id))
}

/**
 * Leads an open end to a layer that still lacks an input; else makes it an output where it has the shape of one; else
 * takes the branch away, back to where it forks.
 */
export function looseEndFix(network: NetworkDocument, facts: ReadonlyMap<string, NodeFacts>, id: string): Fix {
  const leads = leadFix(network, facts, id)
  if (leads) return leads
  const loss = possibleLoss(network, facts, id)
  if (loss) return fix('make-output', {}, (before) => setOutput(before, id, { loss, weight: usualWeights[loss] }))
  const branch = branchOf(network, id)
  return fix('remove-branch', { count: branch.length }, (before) => removeNodes(before, branch))
}

/** What a new output's loss weighs: one that tells classes as much as GoogLeNet's auxiliary ones (Szegedy et al. 2015). */
export const usualWeights: Readonly<Record<OutputMark['loss'], number>> = { classes: 0.3, sample: 1 }

/** What an open end could be judged by, by its shape: like the main output it tells classes, or it is like the sample. */
export function possibleLoss(
  network: NetworkDocument,
  facts: ReadonlyMap<string, NodeFacts>,
  id: string,
): OutputMark['loss'] | undefined {
  const result = facts.get(id)?.result
  if (!result?.ok) return undefined
  const is = (shape: Shape | undefined) => shape !== undefined && shapeText(shape) === shapeText(result.shape)
  const main = networkEnds(network, facts).main?.result
  if (is(main?.ok ? main.shape : undefined)) return 'classes'
  return is(sampleShape(facts)) ? 'sample' : undefined
}

/** Lets an output be judged by the class. */
export function outputLossFix(id: string): Fix {
  return fix('judge-by-class', {}, (before) => {
    const output = before.nodes.find((node) => node.id === id)?.output
    return setOutput(before, id, { ...output, loss: 'classes', weight: output?.weight ?? 1 })
  })
}

/** An open end with everything that leads to it alone, the end first. */
function branchOf(network: NetworkDocument, end: string): string[] {
  const branch = new Set([end])
  for (const id of branch)
    for (const { from } of network.wires.filter((wire) => wire.to === id)) {
      const node = network.nodes.find((one) => one.id === from)
      const leadsElsewhere = network.wires.some((wire) => wire.from === from && !branch.has(wire.to))
      if (node && inputsOf(node) > 0 && !leadsElsewhere) branch.add(from)
    }
  return [...branch]
}

/** Takes away the wires that close a circle into a layer. */
export function cycleFix(network: NetworkDocument, id: string): Fix {
  const closing = network.wires.filter((wire) => wire.to === id && reaches(network, id, wire.from))
  return fix('remove-wires', { count: closing.length }, (before) =>
    removeWires(
      before,
      closing.map((wire) => wire.id),
    ),
  )
}

/** Takes away the wires beyond those that a layer can take. */
export function spareWiresFix(network: NetworkDocument, id: string, max: number): Fix {
  const spare = network.wires
    .filter((wire) => wire.to === id)
    .sort((one, other) => one.input - other.input)
    .slice(max)
    .map((wire) => wire.id)
  return fix('remove-wires', { count: spare.length }, (before) => removeWires(before, spare))
}

/** The kind that takes no input and could hand on samples of a shape, with the values for it. */
function inputKind(shape: Shape): { kind: string; values: Values } | undefined {
  const kind = kindThat((one) => one.inputs.max === 0 && one.fit?.({}, shape) !== undefined)
  const values = kind?.fit?.({}, shape)
  return kind && values && { kind: kind.kind, values }
}

/** Adds a kind that takes no input above the first layer that lacks one: the one that suits the data, where there is any. */
export function inputFix(shape: Shape | undefined): Fix | undefined {
  const fitting = shape && inputKind(shape)
  const kind = fitting?.kind ?? kindThat((one) => one.inputs.max === 0)?.kind
  if (kind === undefined) return undefined
  return fix('add-input', { layer: kind }, (before) => addBehind(before, kind, undefined, fitting?.values).network)
}

/** Shapes the input by the data: by its own settings, else by putting the kind in its place that suits the data. */
export function fitInputFix({ node, kind }: NodeFacts, shape: Shape): Fix | undefined {
  const params = { wanted: shapeText(shape) }
  const values = kind?.fit?.(node.values, shape)
  if (kind && values) {
    const set = kind.outShape({ ...node.values, ...values }, [])
    return setFix('fit-input', node.id, values, set.ok ? { wanted: shapeText(set.shape) } : params)
  }
  const fitting = inputKind(shape)
  if (!fitting) return undefined
  return fix('fit-input', params, (network) => replaceKind(network, node.id, fitting.kind, fitting.values))
}

/**
 * Adds a last layer with one value per class behind an end, softmax included where the kind carries one, and before it
 * whatever lays the values out as it needs them.
 */
export function headFix(end: NodeFacts, classes: number): Fix | undefined {
  if (!end.result.ok) return undefined
  const { shape } = end.result
  const heads = [...layerKinds.values()].filter(({ inputs, fit }) => inputs.max === 1 && fit?.({}, [classes]))
  const kind = heads.find(({ activation }) => activation) ?? heads[0]
  if (!kind) return undefined
  const { ranks } = kind.inputs
  const fits = ranks.length === 0 || ranks.includes(shape.length)
  const between = fits ? undefined : bridge(shape, ranks)
  if (!fits && !between) return undefined
  const values = { ...kind.fit?.({}, [classes]), ...(kind.activation ? { [kind.activation]: 'softmax' } : {}) }
  return fix('add-head', { layer: kind.kind, classes }, (before) => {
    const bridged = between ? addBehind(before, between.kind, end.node.id) : { network: before, id: end.node.id }
    return addBehind(bridged.network, kind.kind, bridged.id, values).network
  })
}

/** Lets a last layer end in softmax: by its own setting, else by a layer of its own behind it. */
export function softmaxFix({ node, kind, result }: NodeFacts): Fix | undefined {
  if (!kind || !result.ok) return undefined
  if (kind.activation) return setFix('set-softmax', node.id, { [kind.activation]: 'softmax' })
  const { shape } = result
  const layer = kindThat((one) => {
    const values = one.activation ? { [one.activation]: 'softmax' } : undefined
    if (!values || one.category !== 'activation' || one.inputs.max !== 1) return false
    const out = one.outShape(values, [shape])
    return out.ok && shapeText(out.shape) === shapeText(shape)
  })
  const param = layer?.activation
  if (!layer || !param) return undefined
  return fix(
    'add-softmax',
    { layer: layer.kind },
    (before) => addBehind(before, layer.kind, node.id, { [param]: 'softmax' }).network,
  )
}
