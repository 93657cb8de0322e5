import { shapeText, type Shape } from '../layers/shape'
import type { NetworkProblem } from './check'
import { nodeById, type NetworkDocument } from './document'
import { fix } from './mend'
import { tiesOf, untie } from './tied'
import type { NodeFacts } from './walk'

/** The layers that cannot use the weights that they name; the mend gives them weights of their own. */
export function tieProblems(network: NetworkDocument, facts: ReadonlyMap<string, NodeFacts>): NetworkProblem[] {
  const { faults, owners } = tiesOf(network)
  const found = [...faults].map(([id, fault]) =>
    problem(id, `tied-${fault}`, { to: nodeById(network, id)?.weightsOf ?? '' }),
  )
  for (const [id, owner] of owners) {
    const [own, theirs] = [facts.get(id), facts.get(owner)]
    if (!own || !theirs || own.tiedTo !== undefined) continue
    found.push(
      problem(id, 'tied-to-other-weights', { to: owner, own: texts(own.inputs), theirs: texts(theirs.inputs) }),
    )
  }
  return found
}

function problem(node: string, code: string, params: NetworkProblem['params']): NetworkProblem {
  return { node, code, params, fix: fix('own-weights', {}, (network) => untie(network, node)) }
}

function texts(shapes: readonly Shape[]): string {
  return shapes.map(shapeText).join(', ')
}
