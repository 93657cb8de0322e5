import { layerKind } from '../layers/registry'
import type { NetworkDocument, NetworkNode, Value } from './document'
import { totals, walk, type NetworkTotals, type NodeFacts } from './walk'

/**
 * What became of a layer. `changed`: its kind, name or a setting; `follows`: nothing of its own, but what comes in or
 * what follows from it (shape, counts, receptive field) is different.
 */
export type Change = 'added' | 'removed' | 'changed' | 'follows'

/**
 * A setting whose value differs; `kind`, `name` and `weightsOf` (the layer whose weights it uses, by its id in either
 * network) count as settings. Undefined: the layer has none such.
 */
export interface SettingChange {
  readonly setting: string
  readonly before: Value | undefined
  readonly after: Value | undefined
}

/** A layer that is not the same in both networks. An added one has nothing before, a removed one nothing after. */
export interface LayerChange {
  readonly change: Change
  readonly before: NodeFacts | undefined
  readonly after: NodeFacts | undefined
  readonly settings: readonly SettingChange[]
}

export interface Comparison {
  /** In the order of the flow; a removed layer stands behind the one that it stood behind. */
  readonly changes: readonly LayerChange[]
  /** How many layers are alike in everything. */
  readonly same: number
  readonly before: NetworkTotals
  readonly after: NetworkTotals
  /** The layers of the later network by those of the earlier one that they are compared with. */
  readonly partners: ReadonlyMap<string, string>
}

type Facts = ReadonlyMap<string, NodeFacts>

/** The differences from an earlier network to a later one; where layers stand on the canvas makes none. */
export function compareNetworks(before: NetworkDocument, after: NetworkDocument): Comparison {
  const [was, is] = [walk(before), walk(after)]
  const partners = pairUp(was, is)
  const former = new Map([...partners].map(([old, now]) => [now, old]))
  const changes: LayerChange[] = []
  const place = new Map<string, number>()
  const [fedBefore, fedAfter] = [feeding(before, partners), feeding(after)]
  let same = 0
  for (const [id, now] of is) {
    const old = was.get(former.get(id) ?? '')
    const settings = old ? [...settingChanges(old.node, now.node), ...tieChange(old, now, partners)] : []
    const change = changeOf(old, now, settings, fedBefore.get(id) !== fedAfter.get(id))
    if (change) changes.push({ change, before: old, after: now, settings })
    else same += 1
    if (old) place.set(old.node.id, changes.length)
  }
  return {
    changes: withRemoved(changes, was, partners, place),
    same,
    before: totals(was),
    after: totals(is),
    partners,
  }
}

/**
 * Which layer of the earlier network is which of the later one: the one with the same id, and of those that are left,
 * kind by kind, the first is the first, the second the second, in the order of the flow.
 */
function pairUp(was: Facts, is: Facts): Map<string, string> {
  const partners = new Map([...was.keys()].filter((id) => is.has(id)).map((id) => [id, id]))
  const free = new Map<string, string[]>()
  for (const [id, { node }] of is) {
    if (partners.has(id)) continue
    const known = free.get(node.kind)
    if (known) known.push(id)
    else free.set(node.kind, [id])
  }
  for (const [id, { node }] of was) {
    const partner = partners.has(id) ? undefined : free.get(node.kind)?.shift()
    if (partner !== undefined) partners.set(id, partner)
  }
  return partners
}

/** What feeds each layer, as a text to be compared; with `partners` in the words of the later network. */
function feeding(network: NetworkDocument, partners?: ReadonlyMap<string, string>): Map<string, string> {
  const word = (id: string) => (partners ? (partners.get(id) ?? `- ${id}`) : id)
  const texts = new Map<string, string[]>()
  for (const { from, to, input } of network.wires) {
    const known = texts.get(word(to))
    const text = `${input} ${word(from)}`
    if (known) known.push(text)
    else texts.set(word(to), [text])
  }
  return new Map([...texts].map(([id, parts]) => [id, parts.sort().join()]))
}

function settingChanges(before: NetworkNode, after: NetworkNode): SettingChange[] {
  // A project from before a kind had a setting means the setting's first value.
  const own = (node: NetworkNode): Readonly<Record<string, Value>> => ({
    ...layerKind(node.kind)?.complete(node.values),
    ...node.values,
    kind: node.kind,
    name: node.name,
    ...(node.output ? { output: node.output.loss, outputWeight: node.output.weight } : {}),
    ...(node.output?.main ? { mainOutput: true } : {}),
  })
  const [was, is] = [own(before), own(after)]
  return [...new Set(['kind', 'name', ...Object.keys(is), ...Object.keys(was)])]
    .filter((setting) => JSON.stringify(was[setting]) !== JSON.stringify(is[setting]))
    .map((setting) => ({ setting, before: was[setting], after: is[setting] }))
}

function tieChange(before: NodeFacts, after: NodeFacts, partners: ReadonlyMap<string, string>): SettingChange[] {
  const [was, is] = [before.tiedTo, after.tiedTo]
  const same = was === undefined ? is === undefined : partners.get(was) === is
  return same ? [] : [{ setting: 'weightsOf', before: was, after: is }]
}

function changeOf(
  before: NodeFacts | undefined,
  after: NodeFacts,
  settings: readonly SettingChange[],
  rewired: boolean,
): Change | undefined {
  if (!before) return 'added'
  if (settings.length > 0) return 'changed'
  return rewired || numbers(before) !== numbers(after) ? 'follows' : undefined
}

/** All that follows from a layer's place, as a text to be compared. */
function numbers({ result, weights, macs, field }: NodeFacts): string {
  return JSON.stringify([result, weights, macs, field])
}

/** Puts each removed layer in behind the layer that it stood behind. */
function withRemoved(
  changes: readonly LayerChange[],
  was: Facts,
  partners: ReadonlyMap<string, string>,
  place: ReadonlyMap<string, number>,
): LayerChange[] {
  const removed = new Map<number, LayerChange[]>()
  let at = 0
  for (const [id, before] of was) {
    if (partners.has(id)) at = place.get(id) ?? at
    else removed.set(at, [...(removed.get(at) ?? []), { change: 'removed', before, after: undefined, settings: [] }])
  }
  return [...changes, undefined].flatMap((change, n) => [...(removed.get(n) ?? []), ...(change ? [change] : [])])
}
