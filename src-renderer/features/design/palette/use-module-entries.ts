import { computed, type ComputedRef } from 'vue'
import { useI18n } from 'vue-i18n'
import type { NetworkDocument } from '@shared/network/document'
import { layerKind } from '@shared/layers/registry'
import { rootModule } from '@shared/network/module-place'
import { moduleTree } from '@shared/network/module-tree'
import { recipe } from '@shared/network/recipes'
import { useDocumentStore } from '@/stores/document'
import { useModuleShelfStore } from '@/stores/module-shelf'
import type { PaletteEntry } from './find-kinds'
import { itemId, moduleNames } from './module-items'

/** So many layers are named in one sentence. */
const mostNamed = 6

/** The modules of this project, then those that are kept for all projects and that this one does not have. */
export function useModuleEntries(): ComputedRef<readonly PaletteEntry[]> {
  const store = useDocumentStore()
  const shelf = useModuleShelfStore()
  const { t } = useI18n()

  function titleOf(kind: string): string {
    return layerKind(kind) ? t(`layers.${kind}.title`) : kind
  }

  /** The kinds of a module's layers in their order: what it is made of. */
  function madeOf(network: NetworkDocument, id: string): string {
    const members = new Set(moduleTree(network).members.get(id))
    const kinds = network.nodes.flatMap((node) => (members.has(node.id) ? [titleOf(node.kind)] : []))
    return kinds.length > mostNamed ? `${kinds.slice(0, mostNamed).join(', ')}, …` : kinds.join(', ')
  }

  return computed(() => {
    const names = moduleNames(store.network)
    const own = names.flatMap((name): PaletteEntry[] => {
      const use = store.network.modules?.find((module) => module.name === name)
      if (!use) return []
      const help = t('modules.palette.help', { layers: madeOf(store.network, use.id) })
      return [
        { kind: itemId({ from: 'project', name }), icon: recipe(use.recipe)?.icon ?? 'component', title: name, help },
      ]
    })
    const kept = shelf.kept.flatMap(({ name, piece }): PaletteEntry[] => {
      const root = rootModule(piece)
      if (!root || names.includes(name)) return []
      const help = t('modules.palette.keptHelp', { layers: madeOf(piece, root.id) })
      return [{ kind: itemId({ from: 'kept', name }), icon: 'archive', title: name, help }]
    })
    return [...own, ...kept]
  })
}
