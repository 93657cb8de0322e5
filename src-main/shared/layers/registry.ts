import { categories, type Category, type LayerKind } from './define'

const files = import.meta.glob<LayerKind>(['./kinds/*.ts', '!./kinds/*.test.ts'], { eager: true, import: 'default' })

/** Every kind of layer by its name. A file in `kinds/` is registered by existing. */
export const layerKinds: ReadonlyMap<string, LayerKind> = new Map(Object.values(files).map((kind) => [kind.kind, kind]))

/** The kind with a name, or undefined for one that this version does not know. */
export function layerKind(name: string): LayerKind | undefined {
  return layerKinds.get(name)
}

/** Numbers of axes in the order in which kinds that want them are offered: pictures before sequences and volumes. */
const offered = [3, 2, 4]

function placeOf({ inputs: { ranks } }: LayerKind): number {
  const places = ranks.map((rank) => offered.indexOf(rank)).filter((place) => place >= 0)
  return Math.min(...places, places.length > 0 ? offered.length : 0)
}

/** The kinds of each category, in the palette's order; categories without kinds are left out. */
export function kindsByCategory(): { readonly category: Category; readonly kinds: readonly LayerKind[] }[] {
  return categories
    .map((category) => ({
      category,
      kinds: [...layerKinds.values()]
        .filter((kind) => kind.category === category)
        .sort((one, other) => placeOf(one) - placeOf(other)),
    }))
    .filter(({ kinds }) => kinds.length > 0)
}
