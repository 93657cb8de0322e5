import { computed, inject, provide, type ComputedRef, type InjectionKey } from 'vue'
import { useI18n } from 'vue-i18n'
import type { Translate } from '@shared/network/names'
import { useFormat } from '@/composables/use-format'
import { useDocumentStore } from '@/stores/document'
import { isModule, moduleViews, type ModuleView } from './module-view'
import { keepAlike, layerViews, shownProblems, type LayerView, type ShownProblem } from './network-view'

export interface NetworkView {
  /** Every layer by id, in topological order. */
  readonly layers: ComputedRef<ReadonlyMap<string, LayerView>>
  /** Every module by id, open or closed. */
  readonly modules: ComputedRef<ReadonlyMap<string, ModuleView>>
  /** The layer or the module with an id. */
  readonly card: (id: string) => LayerView | undefined
  readonly problems: ComputedRef<readonly ShownProblem[]>
  /** “Convolution 2-D, 26 × 26 × 32, 320 parameters, no problems”: a layer or a module as it is read aloud. */
  readonly spoken: (layer: LayerView) => string
  readonly translate: Translate
}

const key: InjectionKey<NetworkView> = Symbol('network view')

/** Computes what is shown of the network, once for the whole workspace. */
export function provideNetworkView(): NetworkView {
  const store = useDocumentStore()
  const { t } = useI18n()
  const format = useFormat()

  const translate: Translate = (message, params = {}) =>
    t(
      message,
      Object.fromEntries(
        Object.entries(params).map(([name, value]) => [
          name,
          typeof value === 'number' ? format.decimal(value, 9) : value,
        ]),
      ),
    )

  const problems = computed(() => shownProblems(store.network, store.problems, translate))
  const layers = computed<ReadonlyMap<string, LayerView>>((before) =>
    keepAlike(layerViews(store.network, store.facts, problems.value, translate), before),
  )

  const modules = computed(() => moduleViews(store.network, store.facts, layers.value, translate))
  const card = (id: string): LayerView | undefined => layers.value.get(id) ?? modules.value.get(id)

  /** A view is made anew with every change of what it tells, or of the language. */
  const said = new WeakMap<LayerView, string>()

  function spoken(layer: LayerView): string {
    const text = said.get(layer) ?? say(layer)
    said.set(layer, text)
    return text
  }

  function say(layer: LayerView): string {
    const { name, shape, parameters, tiedTo, problems: own, output } = layer
    return [
      isModule(layer) ? sayModule(layer) : name,
      ...(output ? [t(`outputs.card.${output}`)] : []),
      shape ? format.shape(shape) : t('design.card.noShape'),
      tiedTo === null
        ? t('design.card.parameters', { n: format.integer(parameters) }, parameters)
        : t('tying.card', { layer: tiedTo }),
      own.length === 0 ? t('design.card.noProblems') : t('design.card.problems', { n: own.length }, own.length),
    ].join(', ')
  }

  function sayModule({ name, members, open }: ModuleView): string {
    return t('modules.spoken', {
      name,
      layers: t('modules.card.layers', { n: format.integer(members.length) }, members.length),
      state: t(open ? 'modules.opened' : 'modules.closed'),
    })
  }

  const view: NetworkView = { layers, modules, card, problems, spoken, translate }
  provide(key, view)
  return view
}

/** What the workspace shows of the network; only within it. */
export function useNetworkView(): NetworkView {
  const view = inject(key)
  if (!view) throw new Error('useNetworkView belongs inside the design workspace')
  return view
}
