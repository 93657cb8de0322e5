import type { NetworkProblem } from './check'
import type { NetworkDocument } from './document'
import { wiresInto, type NodeFacts } from './walk'

/** Layers through which no gradient goes though something that is trained stands in front of them: it never would be. */
export function gradientProblems(network: NetworkDocument, facts: ReadonlyMap<string, NodeFacts>): NetworkProblem[] {
  const ends = [...facts.values()].filter(({ kind }) => kind?.endsGradient)
  if (ends.length === 0) return []
  const into = wiresInto(network)
  return ends.flatMap(({ node }) => {
    const before = new Set([node.id])
    // A set is walked with what is added to it meanwhile.
    for (const id of before) for (const { from } of into.get(id) ?? []) before.add(from)
    before.delete(node.id)
    const trained = [...before].find((id) => {
      const { weights, tiedTo } = facts.get(id) ?? {}
      return (weights?.trainable ?? 0) > 0 || tiedTo !== undefined
    })
    return trained === undefined ? [] : [{ node: node.id, code: 'trained-before', params: { from: trained } }]
  })
}
