import { paramKey } from '../layers/params'
import { layerKind } from '../layers/registry'
import type { NetworkProblem } from './check'
import type { NetworkDocument } from './document'
import { nodeById } from './document'
import { layerNames, nameText, type Translate } from './names'

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
    const kind = node === null ? undefined : nodeById(network, node)?.kind
    const spell = (raw: NetworkProblem['params']) => spelt(raw, kind, nameOf, translate)
    return {
      layer: node === null ? null : nameOf(node),
      text: translate(`problems.${code}`, spell(params)),
      fix: fix ? translate(`problems.fixes.${fix.code}`, spell(fix.params)) : null,
    }
  })
}

/** By convention `param` is a setting's name, `value` beside it an option, `layer` a kind, `from`, `to`, `node` are ids. */
function spelt(
  raw: NetworkProblem['params'],
  kind: string | undefined,
  nameOf: (id: string) => string,
  translate: Translate,
): NetworkProblem['params'] {
  const words: Record<string, string | number> = { ...raw }
  const { param, value, layer } = raw
  const entry = typeof param === 'string' ? layerKind(kind ?? '')?.params[param] : undefined
  if (typeof param === 'string' && entry) {
    const key = paramKey(`layers.${kind}`, param, entry)
    words.param = translate(`${key}.label`)
    if (entry.control === 'choice' && typeof value === 'string') words.value = translate(`${key}.options.${value}`)
  }
  if (layer !== undefined) words.layer = translate(`layers.${layer}.title`)
  for (const key of ['from', 'to', 'node']) {
    const id = raw[key]
    if (typeof id === 'string') words[key] = nameOf(id)
  }
  return words
}
