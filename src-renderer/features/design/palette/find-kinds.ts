import type { Category, LayerKind } from '@shared/layers/define'
import { kindsByCategory } from '@shared/layers/registry'
import { searchText } from '@/composables/search-text'

/** A kind of layer as the palette shows it. */
export interface PaletteEntry {
  readonly kind: string
  readonly icon: string
  readonly title: string
  readonly help: string
}

export interface PaletteGroup {
  readonly category: Category
  readonly title: string
  readonly entries: readonly PaletteEntry[]
}

/**
 * The palette's groups with the kinds that a search finds: every word must occur in title, help, group or name.
 * Groups without a find are left out.
 */
export function findKinds(search: string, translate: (key: string) => string): PaletteGroup[] {
  return kindsByCategory().flatMap(({ category, kinds }) => {
    const title = translate(`layers.categories.${category}`)
    const entries = kinds
      .map((kind) => entryOf(kind, translate))
      .filter((entry) => searchText(search, `${entry.title} ${entry.help} ${entry.kind} ${title}`))
    return entries.length > 0 ? [{ category, title, entries }] : []
  })
}

function entryOf({ kind, icon }: LayerKind, translate: (key: string) => string): PaletteEntry {
  return { kind, icon, title: translate(`layers.${kind}.title`), help: translate(`layers.${kind}.help`) }
}
