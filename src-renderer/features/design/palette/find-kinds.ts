import type { Category, LayerKind } from '@shared/layers/define'
import { kindsByCategory } from '@shared/layers/registry'
import { recipes } from '@shared/network/recipes'
import { searchText } from '@/composables/search-text'
import { itemId } from './module-items'

/** A kind of layer, or a module, as the palette shows it. */
export interface PaletteEntry {
  /** The kind's name, or a module's as `itemId` writes it. */
  readonly kind: string
  readonly icon: string
  readonly title: string
  readonly help: string
}

export interface PaletteGroup {
  /** Null for modules, which are of no category. */
  readonly category: Category | null
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
    const entries = [...kinds.map((kind) => entryOf(kind, translate)), ...recipeEntries(category, translate)].filter(
      (entry) => searchText(search, `${entry.title} ${entry.help} ${entry.kind} ${title}`),
    )
    return entries.length > 0 ? [{ category, title, entries }] : []
  })
}

/** The modules that a search finds, as a group of the palette; none where it finds none. */
export function findModules(search: string, entries: readonly PaletteEntry[], title: string): PaletteGroup[] {
  const found = entries.filter((entry) => searchText(search, `${entry.title} ${entry.help} ${title}`))
  return found.length > 0 ? [{ category: null, title, entries: found }] : []
}

function recipeEntries(category: Category, translate: (key: string) => string): PaletteEntry[] {
  return recipes
    .filter((one) => one.category === category)
    .map(({ name, icon }) => ({
      kind: itemId({ from: 'recipe', name }),
      icon,
      title: translate(`modules.recipes.${name}.title`),
      help: translate(`modules.recipes.${name}.help`),
    }))
}

function entryOf({ kind, icon }: LayerKind, translate: (key: string) => string): PaletteEntry {
  return { kind, icon, title: translate(`layers.${kind}.title`), help: translate(`layers.${kind}.help`) }
}
