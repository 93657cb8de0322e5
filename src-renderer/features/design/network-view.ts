import type { Shape } from '@shared/layers/shape'
import type { NetworkDocument } from '@shared/network/document'
import type { NetworkProblem } from '@shared/network/check'
import { layerNames, nameText, type Translate } from '@shared/network/names'
import { networkEnds } from '@shared/network/outputs'
import { problemTexts } from '@shared/network/problem-text'
import type { NodeFacts } from '@shared/network/walk'

/** What a card is drawn like: a place where data comes in, a layer in a chain, one that joins several wires, or a module. */
export type CardType = 'source' | 'layer' | 'merge' | 'module'

/** A problem ready to be shown, with what mends it. */
export interface ShownProblem {
  readonly node: string | null
  readonly layer: string | null
  readonly text: string
  readonly fix: { readonly label: string; readonly apply: (network: NetworkDocument) => NetworkDocument } | null
}

/** All that canvas, outline and inspector show of a layer; made from the registry's entry, never by the kind's name. */
export interface LayerView {
  readonly id: string
  readonly type: CardType
  readonly icon: string
  /** Null for a kind that this version does not know. */
  readonly category: string | null
  /** What its kind is called. */
  readonly kindTitle: string
  readonly title: string
  readonly ordinal: number | null
  /** Title and number in one text. */
  readonly name: string
  readonly summary: string
  /** Null while it is not known. */
  readonly shape: Shape | null
  readonly parameters: number
  /** The name of the layer whose weights it uses; null: it has its own, or none. */
  readonly tiedTo: string | null
  /** How many input ports are shown. */
  readonly ports: number
  readonly problems: readonly ShownProblem[]
  /** What it is among several outputs: the main one, or by what it is judged. Null for all else. */
  readonly output: 'main' | 'classes' | 'sample' | null
}

/** The problems of a network in a person's words. */
export function shownProblems(
  network: NetworkDocument,
  problems: readonly NetworkProblem[],
  translate: Translate,
): ShownProblem[] {
  const texts = problemTexts(network, problems, translate)
  return problems.map(({ node, fix }, n) => {
    const label = texts[n]?.fix ?? ''
    return {
      node,
      layer: texts[n]?.layer ?? null,
      text: texts[n]?.text ?? '',
      fix: fix ? { label, apply: fix.apply } : null,
    }
  })
}

/** The views of all layers by id, in topological order. */
export function layerViews(
  network: NetworkDocument,
  facts: ReadonlyMap<string, NodeFacts>,
  problems: readonly ShownProblem[],
  translate: Translate,
): ReadonlyMap<string, LayerView> {
  const names = layerNames(network, translate)
  const byNode = new Map<string, ShownProblem[]>()
  for (const problem of problems)
    if (problem.node !== null) byNode.set(problem.node, [...(byNode.get(problem.node) ?? []), problem])
  const { main, outputs } = networkEnds(network, facts)
  const roles = new Map(
    outputs.length > 1 ? outputs.map(({ id, loss }) => [id, id === main?.node.id ? ('main' as const) : loss]) : [],
  )
  const highest = new Map<string, number>()
  for (const { to, input } of network.wires) highest.set(to, Math.max(highest.get(to) ?? -1, input))
  return new Map(
    [...facts.values()].map((one) => {
      const { node, kind, result, tiedTo } = one
      const owner = weightsOf(facts.get(tiedTo ?? '')) > 0 ? names.get(tiedTo ?? '') : undefined
      const name = names.get(node.id) ?? { title: node.kind, ordinal: null }
      const used = (highest.get(node.id) ?? -1) + 1
      return [
        node.id,
        {
          id: node.id,
          type: cardType(one, used),
          icon: kind?.icon ?? 'circle-question-mark',
          category: kind?.category ?? null,
          kindTitle: kind ? translate(`layers.${kind.kind}.title`) : node.kind,
          title: name.title,
          ordinal: name.ordinal,
          name: nameText(name),
          summary: kind?.summary(node.values) ?? '',
          shape: result.ok ? result.shape : null,
          parameters: weightsOf(one),
          tiedTo: owner ? nameText(owner) : null,
          ports: kind ? ports(kind.inputs, used) : Math.max(1, used),
          problems: byNode.get(node.id) ?? [],
          output: roles.get(node.id) ?? null,
        },
      ]
    }),
  )
}

function weightsOf(facts: NodeFacts | undefined): number {
  return facts ? facts.weights.trainable + facts.weights.frozen : 0
}

/** The views with each that tells nothing new replaced by the one before, so that what shows it is left alone. */
export function keepAlike(
  views: ReadonlyMap<string, LayerView>,
  before: ReadonlyMap<string, LayerView> | undefined,
): ReadonlyMap<string, LayerView> {
  if (!before) return views
  return new Map([...views].map(([id, view]) => [id, alike(before.get(id), view) ?? view]))
}

function alike(before: LayerView | undefined, { problems, ...view }: LayerView): LayerView | undefined {
  if (!before || problems.length + before.problems.length > 0) return undefined
  const old: Readonly<Record<string, unknown>> = { ...before }
  return Object.entries(view).every(([name, value]) => old[name] === value) ? before : undefined
}

function cardType({ kind }: NodeFacts, used: number): CardType {
  if (kind?.inputs.max === 0) return 'source'
  return (kind?.inputs.max ?? used) > 1 ? 'merge' : 'layer'
}

/** A layer that takes many wires shows one free port beyond those in use. */
function ports({ min, max }: { readonly min: number; readonly max: number }, used: number): number {
  return Math.min(max, Math.max(min, used + 1))
}
