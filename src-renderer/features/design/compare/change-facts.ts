import { paramKey } from '@shared/layers/params'
import { layerKind } from '@shared/layers/registry'
import type { Change, LayerChange, SettingChange } from '@shared/network/compare'
import type { Value } from '@shared/network/document'
import type { NodeFacts } from '@shared/network/walk'
import type { Format } from '@/composables/format'
import { fieldText } from '../inspector/facts'

/** Names a layer of the earlier or the later network. */
export type NameOf = (id: string, side: 'before' | 'after') => string

type Words = (key: string, params?: Record<string, string | number>) => string

/** The sign of each change, so that it is not told by colour alone. */
export const changeIcons: Readonly<Record<Change, string>> = {
  added: 'plus',
  removed: 'minus',
  changed: 'pencil',
  follows: 'arrow-down-right',
}

/** One thing that is different, from what it was to what it is; null: there was or is none. */
export interface Difference {
  readonly name: string
  readonly before: string | null
  readonly after: string | null
}

/** `+1,200`, `−80`: a difference with its sign. */
export function signed(difference: number, format: Format): string {
  return `${difference > 0 ? '+' : ''}${format.integer(difference)}`
}

/** How many parameters a layer has more than before; negative: fewer. */
export function parameterDifference({ before, after }: LayerChange): number {
  const count = (facts: NodeFacts | undefined) => (facts ? facts.weights.trainable + facts.weights.frozen : 0)
  return count(after) - count(before)
}

/** All that is different about a layer: its own settings, then what follows from them. */
export function differences(
  { before, after, settings }: LayerChange,
  t: Words,
  format: Format,
  nameOf: NameOf,
): Difference[] {
  const both = [before, after] as const
  const pair = (name: string, text: (facts: NodeFacts) => string | undefined): Difference[] => {
    const [was = null, is = null] = both.map((facts) => (facts?.result.ok ? text(facts) : undefined))
    return was === is ? [] : [{ name, before: was, after: is }]
  }
  return [
    ...settings.map((change) =>
      change.setting === 'weightsOf'
        ? tieDifference(change, t, nameOf)
        : settingDifference(change, after ?? before, t, format),
    ),
    ...pair(t('design.facts.output'), ({ result }) => (result.ok ? format.shape(result.shape) : undefined)),
    ...pair(t('design.facts.parameters'), ({ weights }) => format.integer(weights.trainable + weights.frozen)),
    ...pair(t('design.facts.macs'), ({ macs }) => format.integer(macs)),
    ...pair(t('design.facts.field'), ({ field }) => fieldText(field, t, format)?.size),
    ...pair(t('design.facts.stride'), ({ field }) => fieldText(field, t, format)?.stride),
  ].filter((one) => (before !== undefined && after !== undefined ? true : worthTelling(one)))
}

/** Of a layer that came or went, what it has none of is not told. */
function worthTelling({ before, after }: Difference): boolean {
  return (before ?? after ?? '0') !== '0'
}

function tieDifference({ before, after }: SettingChange, t: Words, nameOf: NameOf): Difference {
  const text = (owner: Value | undefined, side: 'before' | 'after') =>
    owner === undefined ? t('tying.own') : t('tying.same', { layer: nameOf(String(owner), side) })
  return { name: t('tying.label'), before: text(before, 'before'), after: text(after, 'after') }
}

function settingDifference(
  { setting, before, after }: SettingChange,
  facts: NodeFacts | undefined,
  t: Words,
  format: Format,
): Difference {
  if (setting === 'kind') {
    const title = (value: Value | undefined) =>
      value === undefined ? null : layerKind(String(value)) ? t(`layers.${String(value)}.title`) : String(value)
    return { name: t('compare.kind'), before: title(before), after: title(after) }
  }
  if (setting === 'name') {
    const given = (value: Value | undefined) => String(value ?? '') || null
    return { name: t('design.inspector.name'), before: given(before), after: given(after) }
  }
  if (setting === 'output') {
    const loss = (value: Value | undefined) => (value === undefined ? null : t(`outputs.loss.options.${String(value)}`))
    return { name: t('outputs.toggle.label'), before: loss(before), after: loss(after) }
  }
  if (setting === 'outputWeight' || setting === 'mainOutput') {
    const text = (value: Value | undefined) =>
      value === undefined ? null : typeof value === 'number' ? format.decimal(value, 9) : t('compare.on')
    const name = t(setting === 'mainOutput' ? 'outputs.isMain' : 'outputs.weight.label')
    return { name, before: text(before), after: text(after) }
  }
  const { kind } = facts ?? {}
  const param = kind?.params[setting]
  const key = kind && param ? paramKey(`layers.${kind.kind}`, setting, param) : undefined
  const text = (value: Value | undefined): string | null => {
    if (value === undefined) return null
    if (Array.isArray(value)) return format.shape(value)
    if (typeof value === 'number') return format.decimal(value, 9)
    if (typeof value === 'boolean') return t(value ? 'compare.on' : 'compare.off')
    return key && param?.control === 'choice' && param.options.includes(value) ? t(`${key}.options.${value}`) : value
  }
  return { name: key ? t(`${key}.label`) : setting, before: text(before), after: text(after) }
}
