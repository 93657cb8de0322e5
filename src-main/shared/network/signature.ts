import { layerKind } from '../layers/registry'
import type { NetworkDocument } from './document'
import { tiesOf } from './tied'

const known = new WeakMap<NetworkDocument, string>()

/** A text that is the same for networks that compute and train the same: names and places on the canvas do not count. */
export function signature(network: NetworkDocument): string {
  const text = known.get(network) ?? write(network)
  known.set(network, text)
  return text
}

function write({ nodes, wires }: NetworkDocument): string {
  const { owners } = tiesOf({ nodes })
  const layers = nodes.map(({ id, kind, values, output }) => {
    const complete = layerKind(kind)?.complete(values) ?? values
    const sorted = Object.entries(complete).sort(([one], [other]) => (one < other ? -1 : 1))
    return [id, kind, sorted, owners.get(id) ?? id, output ?? null]
  })
  const joints = wires.map(({ from, to, input }) => `${from} ${to} ${input}`).sort()
  return JSON.stringify([layers.sort(([one], [other]) => (String(one) < String(other) ? -1 : 1)), joints])
}
