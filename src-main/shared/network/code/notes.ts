import type { NetworkDocument } from '../document'
import { layerNames, nameText, type Translate } from '../names'
import type { CodeLine, CodePlan } from './plan'

/** Comments in front of the model: what is not in the code, and why. */
export function notes(
  network: NetworkDocument,
  { steps, missing }: CodePlan,
  sign: string,
  translate: Translate,
): CodeLine[] {
  if (network.nodes.length === 0) return [{ text: `${sign} ${translate('code.empty')}` }]
  const names = missing.length > 0 ? layerNames(network, translate) : new Map()
  const lines = missing.map(({ node, why }) => {
    const name = names.get(node.id)
    const layer = oneLine(name ? nameText(name) : node.id)
    return { text: `${sign} ${translate(`code.missing.${why}`, { layer })}`, node: node.id }
  })
  const nothing = steps.some(({ tfjs }) => tfjs) ? [] : [{ text: `${sign} ${translate('code.noLayers')}` }]
  return [...lines, ...nothing]
}

/** A name typed by a person must not end the comment that it stands in. */
export function oneLine(text: string): string {
  return text.replace(/[\s\u2028\u2029\p{Cc}]+/gu, ' ').trim()
}
