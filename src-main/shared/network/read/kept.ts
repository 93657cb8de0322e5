import { z } from 'zod'
import { NetworkDocument } from '../document'
import { parsed } from './model-json'

/** What an export of Patchwork's keeps of the drawing that a list of layers has no words for. */
const Kept = z.object({
  userDefinedMetadata: z.object({
    patchwork: z.object({ version: z.literal(1), topology: z.string(), network: NetworkDocument }),
  }),
  modelTopology: z.unknown(),
})

/** The metadata of a `model.json` with this topology: the network as it was drawn, with modules, names and places. */
export function keepNetwork(network: NetworkDocument, topology: unknown): object {
  return { patchwork: { version: 1, topology: digest(JSON.stringify(topology)), network } }
}

/** The network that a `model.json` was made of; undefined where it keeps none, or its layers were changed since. */
export function keptNetwork(text: string): NetworkDocument | undefined {
  const kept = Kept.safeParse(parsed(text))
  if (!kept.success) return undefined
  const { topology, network } = kept.data.userDefinedMetadata.patchwork
  return topology === digest(JSON.stringify(kept.data.modelTopology)) ? network : undefined
}

/** Two 32-bit FNV-1a hashes of a text: it is to notice that a person has changed it, not to withstand one who would deceive. */
function digest(text: string): string {
  let [one, other] = [0x811c9dc5, 0x9747b28c]
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    one = Math.imul(one ^ code, 0x01000193)
    other = Math.imul(other ^ (code + at), 0x01000193)
  }
  return [one, other].map((part) => (part >>> 0).toString(16).padStart(8, '0')).join('')
}
