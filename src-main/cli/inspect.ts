import { check } from '@shared/network/check'
import type { NetworkDocument } from '@shared/network/document'
import { layerNames, nameText, type LayerName } from '@shared/network/names'
import { networkEnds, sampleShape } from '@shared/network/outputs'
import { problemTexts } from '@shared/network/problem-text'
import { totals, walk, wiresInto, type NodeFacts } from '@shared/network/walk'
import { chosenNetwork, type NetworkChoice } from './chosen-network'
import { numbersIn } from './numbers'
import { exitCodes, type Surroundings } from './surroundings'
import { table } from './table'

export interface InspectOptions extends NetworkChoice {
  readonly json?: boolean
}

/** Tells a network's layers with what follows from them, without training anything; gives the exit code. */
export async function inspectNetwork(options: InspectOptions, surroundings: Surroundings): Promise<number> {
  const network = await chosenNetwork(options, surroundings.folder)
  if (options.json) surroundings.out(`${JSON.stringify(inspected(network, surroundings))}\n`)
  else surroundings.out(described(network, surroundings))
  return exitCodes.done
}

/** The network as one object: layers in topological order, sums, and what is wrong. */
function inspected(network: NetworkDocument, { text }: Surroundings) {
  const facts = walk(network)
  const names = layerNames(network, text)
  const into = wiresInto(network)
  const layers = [...facts.values()].map(({ node, kind, result, weights, macs, field, tiedTo }) => {
    const name = names.get(node.id)
    return {
      id: node.id,
      kind: node.kind,
      name: name ? nameText(name) : node.kind,
      values: kind?.complete(node.values) ?? node.values,
      from: (into.get(node.id) ?? []).map((wire) => wire.from),
      outputShape: result.ok ? result.shape : null,
      ...weights,
      parameters: weights.trainable + weights.frozen,
      // The layer that has the weights, where they are another one's.
      weightsOf: tiedTo ?? null,
      macs,
      // Per axis of the input; null where a value depends on all of it, or where nothing is known.
      receptiveField: field ?? null,
    }
  })
  const { trainable, frozen, ...sums } = totals(facts)
  const problems = check(network, facts)
  const words = problemTexts(network, problems, text)
  return {
    layers,
    // The shape of a whole sample, of which each input takes all channels or some; null where nothing is known.
    sampleShape: sampleShape(facts) ?? null,
    // The main one first.
    outputs: networkEnds(network, facts).outputs,
    totals: { ...sums, trainable, frozen, parameters: trainable + frozen },
    problems: problems.map(({ node, code }, n) => ({ node, code, text: words[n]?.text ?? '' })),
  }
}

function described(network: NetworkDocument, surroundings: Surroundings): string {
  const { text, locale } = surroundings
  const numbers = numbersIn(locale)
  const facts = walk(network)
  const names = layerNames(network, text)
  const rows = [...facts.values()].map((one) => {
    const { node, kind, result, weights, macs, tiedTo } = one
    const name = names.get(node.id)
    return [
      name ? nameText(name) : node.kind,
      kind?.summary(node.values) ?? '',
      result.ok ? result.shape.map(numbers.count).join(' × ') : '–',
      tiedTo === undefined ? numbers.count(weights.trainable + weights.frozen) : tiedText(names.get(tiedTo), text),
      numbers.count(macs),
      fieldText(one, text('design.facts.everything'), numbers.count),
    ]
  })
  const columns = ['layer', 'setting', 'output', 'parameters', 'macs', 'field']
  const head = columns.map((column) => text(`cli.inspect.columns.${column}`))
  const { layers, trainable, frozen, macs, activations } = totals(facts)
  const sums = {
    layers: numbers.count(layers),
    parameters: numbers.count(trainable + frozen),
    frozen: numbers.count(frozen),
    macs: numbers.count(macs),
    activations: numbers.count(activations),
  }
  const problems = problemTexts(network, check(network, facts), text).map(({ layer, text: words }) =>
    text('cli.inspect.problem', { problem: layer === null ? words : `${layer}: ${words}` }),
  )
  return [
    table([head, ...rows], ['left', 'left', 'left', 'right', 'right', 'left']),
    `\n${text('cli.inspect.totals', sums)}\n`,
    ...outputLines(network, facts, surroundings),
    ...problems.map((line) => `${line}\n`),
  ].join('')
}

/** In place of its own parameters: whose a layer uses. */
function tiedText(owner: LayerName | undefined, text: Surroundings['text']): string {
  return text('cli.inspect.tied', { layer: owner ? nameText(owner) : '' })
}

/** What each output is judged by, where there are several. */
function outputLines(network: NetworkDocument, facts: ReadonlyMap<string, NodeFacts>, surroundings: Surroundings) {
  const { text, locale } = surroundings
  const { outputs } = networkEnds(network, facts)
  const names = layerNames(network, text)
  if (outputs.length < 2) return []
  return outputs.map(({ id, loss, weight }) => {
    const name = names.get(id)
    const words = {
      output: name ? nameText(name) : id,
      loss: text(`outputs.loss.options.${loss}`),
      weight: numbersIn(locale).decimal(weight),
    }
    return `${text('cli.inspect.outputLine', words)}\n`
  })
}

/** What one value of a layer depends on: `11 × 11 / 4`, the field and how far apart neighbours look. */
function fieldText({ field, result }: NodeFacts, everything: string, count: (value: number) => string): string {
  if (!result.ok) return ''
  if (!field) return everything
  const along = (values: readonly number[]) => values.map(count).join(' × ')
  // Behind up-sampling, parts of a sample can come into view.
  return `${along(field.map(({ size }) => Math.ceil(size)))} / ${along(field.map(({ stride }) => stride))}`
}
