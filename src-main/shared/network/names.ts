import { layerKind } from '../layers/registry'
import type { NetworkDocument, NetworkNode } from './document'

/** Gives the text of a message key with its placeholders filled, in whatever language the reader has. */
export type Translate = (key: string, params?: Readonly<Record<string, string | number>>) => string

/** What a layer is called: its own name or its kind's title, with a number where several would be called the same. */
export interface LayerName {
  readonly title: string
  /** From 1, in document order; null where the title is the only one of its kind. */
  readonly ordinal: number | null
}

/** The names of all layers by id. */
export function layerNames(network: NetworkDocument, translate: Translate): ReadonlyMap<string, LayerName> {
  const titles = new Map(network.nodes.map((node) => [node.id, titleOf(node, translate)]))
  const counts = new Map<string, number>()
  for (const title of titles.values()) counts.set(title, (counts.get(title) ?? 0) + 1)
  const given = new Map<string, number>()
  return new Map(
    [...titles].map(([id, title]) => {
      const ordinal = (given.get(title) ?? 0) + 1
      given.set(title, ordinal)
      return [id, { title, ordinal: (counts.get(title) ?? 0) > 1 ? ordinal : null }]
    }),
  )
}

function titleOf({ name, kind }: NetworkNode, translate: Translate): string {
  if (name) return name
  return layerKind(kind) ? translate(`layers.${kind}.title`) : kind
}

/** A layer's name in one text: `Dense (2)`. */
export function nameText({ title, ordinal }: LayerName): string {
  return ordinal === null ? title : `${title} (${ordinal})`
}
