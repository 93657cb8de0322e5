import { sizeOf } from '../layers/shape'
import type { NetworkDocument } from './document'
import { fitToData, type DataFit } from './fit'
import { networkEnds, sampleShape } from './outputs'
import { signature } from './signature'
import { firstTemplates, templateNames, templateNetwork } from './templates'
import { walk } from './walk'

/**
 * The network for data that was opened: its input and last layer take up the data's shape and classes. A template as it
 * came, which nobody has worked on, gives way to the first one for samples along as many axes.
 */
export function followData(network: NetworkDocument, data: DataFit): NetworkDocument {
  const shape = sampleShape(walk(network))
  const [name] = firstTemplates(data)
  if (!shape || shape.length === data.shape.length || name === undefined || !isTemplate(network)) {
    return fitToData(network, data)
  }
  return templateNetwork(name, data) ?? network
}

/** Whether a network is a template, as it is known or fitted to some data, and nothing else. */
function isTemplate(network: NetworkDocument): boolean {
  const facts = walk(network)
  const shape = sampleShape(facts)
  const [main] = networkEnds(network, facts).outputs
  const result = main && facts.get(main.id)?.result
  if (!shape || !result?.ok) return false
  const own = signature(network)
  const data = { shape, classes: sizeOf(result.shape) }
  return templateNames.some((name) => {
    const known = templateNetwork(name)
    if (known?.nodes.length !== network.nodes.length) return false
    return signature(known) === own || signature(fitToData(known, data)) === own
  })
}
