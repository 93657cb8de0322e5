import { paramKey } from '../layers/params'
import { layerKind } from '../layers/registry'
import { spell, type Words } from '../messages/words'
import type { NetworkProblem } from './check'
import type { NetworkDocument } from './document'
import { nodeById } from './document'
import { layerNames, nameText, nameWords, type Translate } from './names'

/** A problem for a reader whose language is not known yet: whose it is (null: the network's), and what is wrong. */
export interface ProblemWords {
  readonly layer: string | Words | null
  readonly text: Words
}

/** A problem in a person's words: whose it is, what is wrong, and what the mend's button says. */
export interface ProblemText {
  /** The layer to blame; null: the network as a whole. */
  readonly layer: string | null
  readonly text: string
  readonly fix: string | null
}

/** Puts the problems of a network into words; names of layers, settings and options are spelt out on the way. */
export function problemTexts(
  network: NetworkDocument,
  problems: readonly NetworkProblem[],
  translate: Translate,
): ProblemText[] {
  const names = layerNames(network, translate)
  const nameOf = (id: string) => {
    const name = names.get(id)
    return name ? nameText(name) : id
  }
  return problems.map(({ node, code, params, fix }) => {
    const kind = kindOf(network, node)
    return {
      layer: node === null ? null : nameOf(node),
      text: spell(wordsOf(`problems.${code}`, params, kind, nameOf), translate),
      fix: fix ? spell(wordsOf(`problems.fixes.${fix.code}`, fix.params, kind, nameOf), translate) : null,
    }
  })
}

/** As `problemTexts`, of one problem, with its words left to be spelt. */
export function problemWords(network: NetworkDocument, { node, code, params }: NetworkProblem): ProblemWords {
  const nameOf = (id: string) => nameWords(network, id)
  return {
    layer: node === null ? null : nameOf(node),
    text: wordsOf(`problems.${code}`, params, kindOf(network, node), nameOf),
  }
}

function kindOf(network: NetworkDocument, node: string | null): string | undefined {
  return node === null ? undefined : nodeById(network, node)?.kind
}

/** By convention `param` is a setting's name, `value` beside it an option, `layer` a kind, `from`, `to`, `node` are ids. */
function wordsOf(
  key: string,
  raw: NetworkProblem['params'],
  kind: string | undefined,
  nameOf: (id: string) => string | Words,
): Words {
  const params: Record<string, string | number | Words> = { ...raw }
  const { param, value, layer } = raw
  const entry = typeof param === 'string' ? layerKind(kind ?? '')?.params[param] : undefined
  if (typeof param === 'string' && entry) {
    const setting = paramKey(`layers.${kind}`, param, entry)
    params.param = { key: `${setting}.label`, params: {} }
    if (entry.control === 'choice' && typeof value === 'string') {
      params.value = { key: `${setting}.options.${value}`, params: {} }
    }
  }
  if (layer !== undefined) params.layer = { key: `layers.${layer}.title`, params: {} }
  for (const end of ['from', 'to', 'node']) {
    const id = raw[end]
    if (typeof id === 'string') params[end] = nameOf(id)
  }
  return { key, params }
}
