import { searchText } from '@/composables/search-text'
import type { LayerView } from '../network-view'
import { findKinds } from '../palette/find-kinds'

/** One line of what can be picked by typing. */
export interface Pickable {
  readonly id: string
  readonly icon: string
  readonly title: string
  /** A small word behind the title. */
  readonly detail: string
  readonly category: string | null
}

/** As many as are worth reading; typing on finds the others. */
const mostShown = 50

/** The kinds of layer that a search finds, those whose title begins with it first. */
export function pickKinds(search: string, translate: (key: string) => string): Pickable[] {
  const found = findKinds(search, translate).flatMap(({ category, title: detail, entries }) =>
    entries.map(({ kind, icon, title }) => ({ id: kind, icon, title, detail, category })),
  )
  return ranked(found, search)
}

/** Whose weights a further use of a module may have. */
export function pickUses(search: string, translate: (key: string) => string): Pickable[] {
  return (['tied', 'own'] as const)
    .map((use) => ({
      id: use,
      icon: use === 'tied' ? 'link' : 'copy-plus',
      title: translate(`modules.ask.${use}`),
      detail: translate(`modules.ask.${use}Detail`),
      category: null,
    }))
    .filter(({ title }) => searchText(search, title))
}

/** The layers of the network that a search finds, by name, kind, setting and size. */
export function pickLayers(
  search: string,
  layers: Iterable<LayerView>,
  shapeText: (layer: LayerView) => string,
): Pickable[] {
  const found = [...layers].flatMap((layer) => {
    const { id, icon, category, name: title, summary, kindTitle } = layer
    const shape = shapeText(layer)
    if (!searchText(search, `${title} ${kindTitle} ${summary} ${shape}`)) return []
    return [{ id, icon, title, detail: [summary, shape].filter(Boolean).join('  ·  '), category }]
  })
  return ranked(found, search)
}

function ranked(found: readonly Pickable[], search: string): Pickable[] {
  const begins = ({ title }: Pickable) => title.toLowerCase().startsWith(search.trim().toLowerCase())
  const [first, others] = [found.filter(begins), found.filter((one) => !begins(one))]
  return [...first, ...others].slice(0, mostShown)
}
