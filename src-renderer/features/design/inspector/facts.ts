import type { ReceptiveField } from '@shared/layers/arithmetic'
import type { NetworkTotals, NodeFacts } from '@shared/network/walk'
import type { Format } from '@/composables/format'
import type { Fact } from '@/ui/options'
import type { ModuleView } from '../module-view'

type Words = (key: string, params?: Record<string, string | number>) => string

/** Bytes of one weight: single precision. */
const weightBytes = 4

/** What follows from a layer's place and settings, and whose weights it uses. What is not known yet is left out. */
export function layerFacts(
  { kind, inputs, result, weights, macs, field }: NodeFacts,
  tiedTo: string | null,
  t: Words,
  format: Format,
): Fact[] {
  const facts: Fact[] = []
  if (inputs.length > 0) facts.push({ name: t('design.facts.input'), value: inputs.map(format.shape).join(', ') })
  if (result.ok) facts.push({ name: t('design.facts.output'), value: format.shape(result.shape) })
  if (!result.ok || kind?.inputs.max === 0) return facts
  facts.push({
    name: t('design.facts.parameters'),
    value: tiedTo === null ? format.integer(weights.trainable + weights.frozen) : t('tying.as', { layer: tiedTo }),
    help: t('design.facts.parametersHelp'),
  })
  if (weights.frozen > 0) facts.push({ name: t('design.facts.frozen'), value: format.integer(weights.frozen) })
  facts.push({ name: t('design.facts.macs'), value: format.integer(macs), help: t('design.facts.macsHelp') })
  return [...facts, ...fieldFacts(field, t, format)]
}

/** What follows from a module's layers and its place. */
export function moduleFactList(
  { facts: { inputs, outputs, sums, field } }: ModuleView,
  t: Words,
  format: Format,
): Fact[] {
  const shapes = (list: ModuleView['facts']['inputs']) =>
    list.map((shape) => (shape ? format.shape(shape) : '–')).join(', ')
  const facts: Fact[] = []
  if (inputs.length > 0) facts.push({ name: t('design.facts.input'), value: shapes(inputs) })
  if (outputs.length > 0) facts.push({ name: t('design.facts.output'), value: shapes(outputs) })
  return [...facts, ...networkFacts(sums, t, format), ...fieldFacts(field, t, format)]
}

/** A receptive field in words, and its step where it has one; undefined for a network without places. */
export function fieldText(
  field: readonly ReceptiveField[] | undefined,
  t: Words,
  format: Format,
): { size: string; stride: string | undefined } | undefined {
  if (!field) return { size: t('design.facts.everything'), stride: undefined }
  if (field.length === 0) return undefined
  const places = (counts: readonly number[]) =>
    t(`design.facts.places.${counts.length}`, { size: format.shape(counts) })
  // Behind up-sampling, parts of a sample can come into view.
  return { size: places(field.map(({ size }) => Math.ceil(size))), stride: places(field.map(({ stride }) => stride)) }
}

function fieldFacts(field: readonly ReceptiveField[] | undefined, t: Words, format: Format): Fact[] {
  const text = fieldText(field, t, format)
  if (!text) return []
  const size = { name: t('design.facts.field'), value: text.size, help: t('design.facts.fieldHelp') }
  if (text.stride === undefined) return [size]
  return [size, { name: t('design.facts.stride'), value: text.stride, help: t('design.facts.strideHelp') }]
}

/** The sums over the whole network. */
export function networkFacts({ layers, trainable, frozen, macs }: NetworkTotals, t: Words, format: Format): Fact[] {
  return [
    { name: t('design.facts.layers'), value: format.integer(layers) },
    {
      name: t('design.facts.parameters'),
      value: format.integer(trainable + frozen),
      help: t('design.facts.parametersHelp'),
    },
    ...(frozen > 0 ? [{ name: t('design.facts.frozen'), value: format.integer(frozen) }] : []),
    {
      name: t('design.facts.memory'),
      value: format.bytes((trainable + frozen) * weightBytes),
      help: t('design.facts.memoryHelp'),
    },
    { name: t('design.facts.macs'), value: format.integer(macs), help: t('design.facts.macsHelp') },
  ]
}
