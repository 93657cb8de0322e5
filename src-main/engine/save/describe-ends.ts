import { z } from 'zod'
import { layerName } from '@shared/network/code/names'
import type { NetworkDocument } from '@shared/network/document'
import { inputNodes, outputsOf } from '@shared/network/outputs'
import { walk } from '@shared/network/walk'

/** What an input of an exported network takes: of which the channels `first` to `last`, counted from 1, if not all. */
export const DescribedInput = z.object({
  name: z.string(),
  shape: z.array(z.int()),
  channels: z.object({ first: z.int(), last: z.int() }).optional(),
})
export type DescribedInput = z.output<typeof DescribedInput>

/** What an output of an exported network gives for one sample, as those who use it are told. */
export const DescribedOutput = z.object({
  name: z.string(),
  gives: z.string(),
  shape: z.array(z.int()),
})
export type DescribedOutput = z.output<typeof DescribedOutput>

const given = {
  classes: 'one probability for each class',
  sample: 'the sample again, as the network computes it',
} as const

/** The name of the main output where outputs have names of their own. */
export const mainOutputName = 'probabilities'

/** The inputs of a checked network in the order in which its layers are built; named by their nodes. */
export function describeInputs(network: NetworkDocument): DescribedInput[] {
  return inputNodes(walk(network)).flatMap(({ node, kind, result }) => {
    if (!result.ok) return []
    const taken = kind?.takes?.(node.values)
    const channels = taken && { channels: { first: taken.first + 1, last: taken.first + taken.count } }
    return [{ name: node.id, shape: [...result.shape], ...channels }]
  })
}

/**
 * The outputs of a checked network, the main one first: in a format of layers named by their nodes, as the layers are; in
 * a graph the main one is `probabilities`, and others have the names that the person gave them.
 */
export function describeOutputs(network: NetworkDocument, format: 'layers' | 'graph'): DescribedOutput[] {
  const facts = walk(network)
  const used = new Set([mainOutputName, 'inputs'])
  return outputsOf(network).flatMap(({ id, loss }, n): DescribedOutput[] => {
    const { node, result } = facts.get(id) ?? {}
    if (!node || !result?.ok) return []
    const own = layerName(node)
    const chosen = own === undefined || used.has(own) ? id : own
    used.add(chosen)
    const name = format === 'layers' ? id : n === 0 ? mainOutputName : chosen
    return [{ name, gives: given[loss], shape: [...result.shape] }]
  })
}

/** What `preprocessing.json` says of inputs and outputs, where there is more to say than that there is one of each. */
export function describeEnds(network: NetworkDocument, format: 'layers' | 'graph'): EndsFile {
  const [inputs, outputs] = [describeInputs(network), describeOutputs(network, format)]
  // A graph takes whole samples and gives each of its inputs what it takes of them.
  const told = format === 'layers' && (inputs.length > 1 || inputs.some(({ channels }) => channels))
  return { ...(told ? { inputs } : {}), ...(outputs.length > 1 ? { outputs } : {}) }
}

/** The ends as `preprocessing.json` has them. */
export const EndsFile = z.object({
  inputs: z.array(DescribedInput).optional(),
  outputs: z.array(DescribedOutput).optional(),
})
export type EndsFile = z.output<typeof EndsFile>
