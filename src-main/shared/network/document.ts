import { z } from 'zod'

/** A setting of a layer: what a parameter's control edits and what a project file keeps. */
export const Value = z.union([z.string().max(200), z.number(), z.boolean(), z.array(z.number()).max(8)])
export type Value = z.output<typeof Value>

export type Values = Readonly<Record<string, Value>>

const Id = z.string().regex(/^[\w-]{1,64}$/)
const Finite = z.number().refine(Number.isFinite)

/** One layer on the canvas. `kind` names an entry of the layer registry; unknown kinds are kept, not dropped. */
export const NetworkNode = z.object({
  id: Id,
  kind: z.string().min(1).max(64),
  /** A name given by the person; empty means the kind's own title. */
  name: z.string().max(80),
  values: z.record(z.string().max(64), Value),
  position: z.object({ x: Finite, y: Finite }),
})
export type NetworkNode = z.output<typeof NetworkNode>

/** A connection from one node's output to an input of another; inputs are counted from 0. */
export const Wire = z.object({ id: Id, from: Id, to: Id, input: z.int().min(0).max(63) })
export type Wire = z.output<typeof Wire>

/** A network as drawn: an immutable value; every edit (see edit.ts) gives a new one. It may be wrong and is still kept. */
export const NetworkDocument = z.object({
  nodes: z.array(NetworkNode).max(10_000),
  wires: z.array(Wire).max(50_000),
})
export type NetworkDocument = z.output<typeof NetworkDocument>

export const emptyNetwork: NetworkDocument = { nodes: [], wires: [] }

/** The node with an id, or undefined. */
export function nodeById(network: NetworkDocument, id: string): NetworkNode | undefined {
  return network.nodes.find((node) => node.id === id)
}
