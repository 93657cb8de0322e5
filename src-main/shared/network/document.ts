import { z } from 'zod'

/** A setting of a layer: what a parameter's control edits and what a project file keeps. */
export const Value = z.union([z.string().max(200), z.number(), z.boolean(), z.array(z.number()).max(8)])
export type Value = z.output<typeof Value>

export type Values = Readonly<Record<string, Value>>

const Id = z.string().regex(/^[\w-]{1,64}$/)

/**
 * An output's loss (how well it tells the class, or how near it comes to the sample itself) and the loss's weight in the
 * sum; `main`: the network's guesses are this output's.
 */
export const OutputMark = z.object({
  loss: z.enum(['classes', 'sample']),
  weight: z.number().min(0).max(1000),
  main: z.literal(true).optional(),
})
export type OutputMark = z.output<typeof OutputMark>

/** One layer on the canvas. `kind` names an entry of the layer registry; unknown kinds are kept, not dropped. */
export const NetworkNode = z.object({
  id: Id,
  kind: z.string().min(1).max(64),
  /** A name given by the person; empty means the kind's own title. */
  name: z.string().max(80),
  values: z.record(z.string().max(64), Value),
  position: z.object({ x: z.number(), y: z.number() }),
  /** Left as it is when other data is opened; otherwise input and last layer follow the data. */
  pinned: z.literal(true).optional(),
  /** The layer whose weights this one uses instead of weights of its own (weight tying); see tied.ts. */
  weightsOf: Id.optional(),
  /** The module that it is part of. */
  module: Id.optional(),
  /** What training asks of it as an output: nothing while something comes behind it; see outputs.ts. */
  output: OutputMark.optional(),
})
export type NetworkNode = z.output<typeof NetworkNode>

/** A connection from one node's output to an input of another; inputs are counted from 0. */
export const Wire = z.object({ id: Id, from: Id, to: Id, input: z.int().min(0).max(63) })
export type Wire = z.output<typeof Wire>

/**
 * Layers that are one unit to the person who draws them: shown as one card while closed. Modules of the same `name` are
 * uses of one module; their layers are tied or have weights of their own, layer by layer.
 */
export const NetworkModule = z.object({
  id: Id,
  /** “A”, “B”, … or what the person calls it. */
  name: z.string().min(1).max(80),
  /** Shown with its layers, in a frame. */
  open: z.literal(true).optional(),
  /** Where its card stands while it is closed. */
  position: z.object({ x: z.number(), y: z.number() }),
  /** The module that it is inside of. */
  parent: Id.optional(),
  /** The recipe that it was made by (recipes.ts), whose settings are shown together. */
  recipe: z.string().max(64).optional(),
})
export type NetworkModule = z.output<typeof NetworkModule>

/**
 * A network as drawn: an immutable value; every edit (see edit.ts) gives a new one. It may be wrong and is still kept;
 * only one that cannot be drawn at all (an id used twice, a wire to nowhere, two wires in one input) is refused.
 */
export const NetworkDocument = z
  .object({
    nodes: z.array(NetworkNode).max(10_000),
    wires: z.array(Wire).max(50_000),
    modules: z.array(NetworkModule).max(1000).optional(),
  })
  .superRefine(({ nodes, wires, modules = [] }, context) => {
    const issue = (message: string) => context.addIssue({ code: 'custom', message })
    const ids = new Set<string>()
    for (const { id } of [...nodes, ...wires, ...modules]) {
      if (ids.has(id)) issue(`the id “${id}” is used twice`)
      ids.add(id)
    }
    const known = new Set(nodes.map((node) => node.id))
    const fed = new Set<string>()
    for (const { id, from, to, input } of wires) {
      if (!known.has(from) || !known.has(to)) issue(`the wire “${id}” has a loose end`)
      if (fed.has(`${to} ${input}`)) issue(`two wires feed input ${input} of “${to}”`)
      fed.add(`${to} ${input}`)
    }
  })
export type NetworkDocument = z.output<typeof NetworkDocument>

export const emptyNetwork: NetworkDocument = { nodes: [], wires: [] }

/** The node with an id, or undefined. */
export function nodeById(network: NetworkDocument, id: string): NetworkNode | undefined {
  return network.nodes.find((node) => node.id === id)
}
