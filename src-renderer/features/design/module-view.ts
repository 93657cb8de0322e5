import type { Shape } from '@shared/layers/shape'
import type { NetworkDocument } from '@shared/network/document'
import { moduleFacts, type ModuleFacts } from '@shared/network/module-facts'
import { moduleTree } from '@shared/network/module-tree'
import { recipe } from '@shared/network/recipes'
import { portsOf, type InputPort } from '@shared/network/surface'
import type { NodeFacts } from '@shared/network/walk'
import type { LayerView } from './network-view'

/** All that canvas, outline and inspector show of a module, open or closed. */
export interface ModuleView extends LayerView {
  readonly type: 'module'
  readonly open: boolean
  /** The layers in it, however deep, in document order. */
  readonly members: readonly string[]
  readonly inputs: readonly InputPort[]
  /** The layers whose output leaves it; the last is the one that what is put behind it is fed by. */
  readonly outputs: readonly string[]
  /** What comes in; null while it is not known. */
  readonly inShape: Shape | null
  readonly macs: number
  readonly facts: ModuleFacts
}

export function isModule(view: LayerView): view is ModuleView {
  return view.type === 'module'
}

type Words = (key: string, params?: Readonly<Record<string, string | number>>) => string

/** The views of all modules by id, from those of their layers. */
export function moduleViews(
  network: NetworkDocument,
  facts: ReadonlyMap<string, NodeFacts>,
  layers: ReadonlyMap<string, LayerView>,
  translate: Words,
): ReadonlyMap<string, ModuleView> {
  const { modules, members } = moduleTree(network)
  const names = [...modules.values()].map(({ name }) => name)
  const ordinals = new Map<string, number>()
  return new Map(
    [...modules.values()].map(({ id, name, open = false, recipe: made }): [string, ModuleView] => {
      const ordinal = (ordinals.get(name) ?? 0) + 1
      ordinals.set(name, ordinal)
      const several = names.filter((one) => one === name).length > 1
      const inside = members.get(id) ?? []
      const views = inside.flatMap((node) => layers.get(node) ?? [])
      const own = moduleFacts(network, facts, id)
      const { inputs, outputs } = portsOf(network, id)
      const from = recipe(made)
      return [
        id,
        {
          id,
          type: 'module',
          open,
          members: inside,
          inputs,
          outputs,
          inShape: own.inputs[0] ?? null,
          macs: own.sums.macs,
          facts: own,
          icon: from?.icon ?? 'component',
          category: (views.find(({ parameters }) => parameters > 0) ?? views[0])?.category ?? null,
          kindTitle: translate(from ? `modules.recipes.${from.name}.title` : 'modules.module'),
          title: name,
          ordinal: several ? ordinal : null,
          name: several ? `${name} (${ordinal})` : name,
          summary: '',
          shape: own.outputs.at(-1) ?? null,
          parameters: own.sums.trainable + own.sums.frozen,
          tiedTo: null,
          ports: inputs.length,
          problems: views.flatMap(({ problems }) => problems),
          output: views.find(({ output }) => output !== null)?.output ?? null,
        },
      ]
    }),
  )
}
