import { z } from 'zod'
import type { NetworkDocument, OutputMark } from '../document'
import { sampleShape, setOutput } from '../outputs'
import { walk } from '../walk'

/** An output of a model that was read, with what its training asked of it as far as that is told. */
export interface ReadOutput {
  /** The key of the layer that gives it. */
  readonly key: string
  readonly loss: OutputMark['loss'] | undefined
  readonly weight: number | undefined
}

const Training = z.object({ loss: z.unknown().optional(), loss_weights: z.unknown().optional() })

/** What there is for each output: in a list, by the outputs' names, or one for all. */
function perOutput(value: unknown, names: readonly string[]): readonly unknown[] {
  if (Array.isArray(value)) return value
  if (typeof value === 'object' && value !== null && !('class_name' in value)) {
    const byName = new Map(Object.entries(value))
    return names.map((name) => byName.get(name))
  }
  return names.map(() => value)
}

/**
 * The outputs in the order of the model, from the layers' keys and names, with the losses of its training (Keras's
 * `compile_config` or `training_config`) where it was compiled.
 */
export function readOutputs(layers: readonly { key: string; name: string }[], training: unknown): ReadOutput[] {
  const told = Training.safeParse(training)
  const names = layers.map(({ name }) => name)
  const losses = perOutput(told.data?.loss, names)
  const weights = perOutput(told.data?.loss_weights, names)
  return layers.map(({ key }, n) => {
    const weight = weights[n]
    return { key, loss: lossOf(losses[n]), weight: typeof weight === 'number' && weight >= 0 ? weight : undefined }
  })
}

const Loss = z.union([z.string(), z.object({ class_name: z.string() }).transform((object) => object.class_name)])

/** Losses by their names in small letters alone, as classes and as functions. */
const known: Readonly<Record<string, OutputMark['loss']>> = {
  sparsecategoricalcrossentropy: 'classes',
  categoricalcrossentropy: 'classes',
  meansquarederror: 'sample',
  mse: 'sample',
}

function lossOf(value: unknown): OutputMark['loss'] | undefined {
  const name =
    Loss.safeParse(value)
      .data?.toLowerCase()
      .replace(/[^a-z]/g, '') ?? ''
  return Object.hasOwn(known, name) ? known[name] : undefined
}

/**
 * The network with the outputs of the model, each known by its node: the first that tells classes is the main one. An
 * output besides it that has the sample's shape is compared with the sample, unless training was told otherwise.
 */
export function withOutputs(
  network: NetworkDocument,
  outputs: readonly (Omit<ReadOutput, 'key'> & { readonly id: string })[],
): NetworkDocument {
  const facts = walk(network)
  const sample = sampleShape(facts)?.join()
  const marks = outputs.map(({ id, loss, weight = 1 }, n): { id: string; mark: OutputMark } => {
    const result = facts.get(id)?.result
    // Errors are squared elsewhere for other ends too: here only the sample is there to be compared with.
    const mayBe = result?.ok === true && result.shape.length > 1 && result.shape.join() === sample
    const is = mayBe && (loss ?? (n > 0 ? 'sample' : 'classes')) === 'sample'
    return { id, mark: { loss: is ? 'sample' : 'classes', weight: Math.min(weight, 1000) } }
  })
  const main = marks.find(({ mark }) => mark.loss === 'classes')?.id
  return marks.reduce((next, { id, mark }) => {
    if (id !== main) return setOutput(next, id, mark)
    // The only end that is not marked is the main output anyway.
    return mark.weight === 1 ? next : setOutput(next, id, { ...mark, main: true })
  }, network)
}
