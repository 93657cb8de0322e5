import { paramKey } from '@shared/layers/params'
import { layerKind } from '@shared/layers/registry'
import { check, type DataFit } from '@shared/network/check'
import type { NetworkDocument } from '@shared/network/document'
import type { Lifted } from '@shared/network/lift'
import { layerNames, nameText, type Translate } from '@shared/network/names'
import { totals, walk } from '@shared/network/walk'

/** What a lift would change, in words and numbers. */
export interface LiftReport {
  /** How often a kind takes another's place. */
  readonly kinds: readonly { readonly from: string; readonly to: string; readonly count: number }[]
  /** Layers of which settings are cut, with the settings. */
  readonly cut: readonly { readonly layer: string; readonly settings: string }[]
  /** Layers that stay as they are for want of a counterpart. */
  readonly left: readonly string[]
  readonly before: Sums
  readonly after: Sums
}

interface Sums {
  readonly parameters: number
  readonly macs: number
  readonly problems: number
}

/** Tells what a lift makes of a network. */
export function liftReport(
  network: NetworkDocument,
  lifted: Lifted,
  data: DataFit | undefined,
  translate: Translate,
): LiftReport {
  const names = layerNames(network, translate)
  const nameOf = (id: string) => nameText(names.get(id) ?? { title: id, ordinal: null })
  const kinds = new Map<string, { from: string; to: string; count: number }>()
  for (const { from, to } of lifted.layers) {
    const [fromTitle, toTitle] = [translate(`layers.${from}.title`), translate(`layers.${to}.title`)]
    const known = kinds.get(from) ?? { from: fromTitle, to: toTitle, count: 0 }
    kinds.set(from, { ...known, count: known.count + 1 })
  }
  return {
    kinds: [...kinds.values()],
    cut: lifted.layers.flatMap(({ node, to, cut }) =>
      cut.length === 0
        ? []
        : [{ layer: nameOf(node), settings: cut.map((name) => label(to, name, translate)).join(', ') }],
    ),
    left: lifted.left.map(nameOf),
    before: sumsOf(network, data),
    after: sumsOf(lifted.network, data),
  }
}

function label(kind: string, name: string, translate: Translate): string {
  const param = layerKind(kind)?.params[name]
  return param ? translate(`${paramKey(`layers.${kind}`, name, param)}.label`) : name
}

function sumsOf(network: NetworkDocument, data: DataFit | undefined): Sums {
  const facts = walk(network)
  const { trainable, frozen, macs } = totals(facts)
  return { parameters: trainable + frozen, macs, problems: check(network, facts, data).length }
}
