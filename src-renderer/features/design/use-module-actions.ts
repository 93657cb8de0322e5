import { computed } from 'vue'
import type { NetworkDocument } from '@shared/network/document'
import { axesOf } from '@shared/network/lift'
import { formOf, freeModuleName, freeName, usesOf } from '@shared/network/module-names'
import { addModule, joinModule, rootModule, sourceAt, type Target } from '@shared/network/module-place'
import { modulesAround, moduleTree } from '@shared/network/module-tree'
import {
  closeModule,
  copyModule,
  dissolveModule,
  makeModule,
  modulePiece,
  openModule,
  renameModule,
  tieModule,
  untieModule,
  whyNoModule,
} from '@shared/network/modules'
import type { Piece } from '@shared/network/fragment'
import { recipe, recipePiece } from '@shared/network/recipes'
import { useDocumentStore } from '@/stores/document'
import { useModuleShelfStore } from '@/stores/module-shelf'
import { moduleItem, type ModuleItem } from './palette/module-items'

/** Whether a further use of a module has the weights of the one that is there. */
export type UseOf = 'tied' | 'own'

/** Everything that can be done to modules, by whatever hand. */
export function useModuleActions() {
  const store = useDocumentStore()
  const shelf = useModuleShelfStore()

  const refusal = computed(() => whyNoModule(store.network, store.selection))
  /** The module that is meant by what is selected: itself, or the one around a selected layer. */
  const meant = computed(() => {
    const [id, ...others] = store.selection
    if (id === undefined || others.length > 0) return undefined
    const tree = moduleTree(store.network)
    const module = tree.modules.get(id) ?? tree.modules.get(modulesAround(tree, id)[0] ?? '')
    return module
  })

  function change(label: string, id: string, edit: (network: NetworkDocument) => NetworkDocument): void {
    store.apply(`modules.history.${label}`, edit)
    store.select([id])
  }

  function make(): void {
    let made: string | undefined
    store.apply('modules.history.make', (network) => {
      const { network: next, id } = makeModule(network, store.selection)
      made = id
      return next
    })
    if (made !== undefined) store.select([made])
  }

  const open = (id: string) => change('open', id, (network) => openModule(network, id))
  const close = (id: string) => change('close', id, (network) => closeModule(network, id))

  function toggle(): void {
    const module = meant.value
    if (module?.open) close(module.id)
    else if (module) open(module.id)
  }

  function dissolve(id: string): void {
    const members = moduleTree(store.network).members.get(id) ?? []
    store.apply('modules.history.dissolve', (network) => dissolveModule(network, id))
    store.select(members)
  }

  /** The number of axes that a new module at a place works along: those of what it takes in, else of the network. */
  function axesAt(target: Target): 1 | 2 | 3 {
    const result = store.facts.get(sourceAt(store.network, target) ?? '')?.result
    const [usual = 2] = axesOf(store.network)
    const axes = result?.ok && result.shape.length > 1 ? result.shape.length - 1 : usual
    return axes === 1 || axes === 3 ? axes : 2
  }

  function pieceOf({ from, name }: ModuleItem, target: Target): Piece | undefined {
    if (from === 'kept') return shelf.kept.find((module) => module.name === name)?.piece
    const made = from === 'recipe' ? recipe(name) : undefined
    if (made) return recipePiece(made, axesAt(target), freeName(store.network, made.name))
    const use = store.network.modules?.find((module) => module.name === name)
    return use && modulePiece(store.network, use.id)
  }

  /** The module of this network of which an item would be a further use; undefined where there is none. */
  function inUse(item: ModuleItem): string | undefined {
    const use = store.network.modules?.find((module) => module.name === item.name)
    if (!use || item.from === 'recipe') return undefined
    if (item.from === 'project') return use.id
    const piece = shelf.kept.find((module) => module.name === item.name)?.piece
    const root = piece && rootModule(piece)
    return root && formOf(piece, root.id) === formOf(store.network, use.id) ? use.id : undefined
  }

  /** Adds a module out of the palette and selects it; false: the entry is none. */
  function add(entry: string, target: Target, use: UseOf = 'own'): boolean {
    const item = moduleItem(entry)
    if (!item) return false
    const piece = pieceOf(item, target)
    const twin = use === 'tied' ? inUse(item) : undefined
    let added: string | undefined
    if (piece)
      store.apply('modules.history.add', (network) => {
        const put = addModule(network, piece, target)
        added = put?.id
        if (!put) return network
        return twin === undefined ? put.network : tieModule(put.network, put.id, twin)
      })
    if (added !== undefined) store.select([added])
    return true
  }

  function copy(id: string, use: UseOf): void {
    let copied: string | undefined
    store.apply('modules.history.add', (network) => {
      const { network: next, id: made } = copyModule(network, id, { tied: use === 'tied' })
      copied = made
      return next
    })
    if (copied !== undefined) store.select([copied])
  }

  return {
    refusal,
    meant,
    /** What the next module will be called. */
    nextName: computed(() => freeModuleName(store.network)),
    make,
    open,
    close,
    toggle,
    dissolve,
    add,
    copy,
    inUse: (entry: string) => {
      const item = moduleItem(entry)
      return item && inUse(item)
    },
    /** False: the name is that of another module, or none. */
    rename(id: string, name: string): boolean {
      const before = store.network
      store.apply('modules.history.rename', (network) => renameModule(network, id, name))
      return (
        store.network !== before || before.modules?.some((one) => one.id === id && one.name === name.trim()) === true
      )
    },
    /** Lets a use of a module have the weights of another one, or weights of its own. */
    share: (id: string, twin: string | undefined) =>
      store.apply('modules.history.share', (network) =>
        twin === undefined ? untieModule(network, id) : tieModule(network, id, twin),
      ),
    join: (wire: string, id: string) =>
      store.apply('design.history.connect', (network) => joinModule(network, wire, id)),
    usesOf: (id: string) => usesOf(store.network, id),
    /** Keeps a module for other projects, in place of one of the same name. */
    async keep(id: string): Promise<void> {
      const piece = modulePiece(store.network, id)
      const name = store.network.modules?.find((module) => module.id === id)?.name
      if (piece && name !== undefined) await shelf.keep(name, piece)
    },
  }
}

export type ModuleActions = ReturnType<typeof useModuleActions>
