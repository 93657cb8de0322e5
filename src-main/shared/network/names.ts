import { layerKind } from '../layers/registry'
import { englishText } from '../messages/english'
import { spell, type Translate, type Words } from '../messages/words'
import { nodeById, type NetworkDocument, type NetworkNode } from './document'

export type { Translate }

/** What a layer is called: its own name or its kind's title, with a number where several would be called the same. */
export interface LayerName {
  readonly title: string
  /** From 1, in document order; null where the title is the only one of its kind. */
  readonly ordinal: number | null
}

/** The names of all layers by id. */
export function layerNames(network: NetworkDocument, translate: Translate): ReadonlyMap<string, LayerName> {
  const titles = new Map(network.nodes.map((node) => [node.id, spell(titleOf(node), translate)]))
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

function titleOf({ name, kind }: NetworkNode): string | Words {
  if (name) return name
  return layerKind(kind) ? { key: `layers.${kind}.title`, params: {} } : kind
}

/** As `nameText`, for a reader whose language is not known yet: what a layer of a network is called, by its id. */
export function nameWords(network: NetworkDocument, id: string): string | Words {
  const node = nodeById(network, id)
  if (!node) return id
  const title = titleOf(node)
  const ordinal = layerNames(network, englishText).get(id)?.ordinal ?? null
  return ordinal === null ? title : { key: 'layers.numbered', params: { title, ordinal } }
}

/** A layer's name in one text: `Dense (2)`. */
export function nameText({ title, ordinal }: LayerName): string {
  return ordinal === null ? title : `${title} (${ordinal})`
}
