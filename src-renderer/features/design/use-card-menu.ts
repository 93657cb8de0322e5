import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { alignments, cardsToAlign } from '@shared/network/align'
import { swapPartner } from '@shared/network/arrange'
import { kindsByCategory } from '@shared/layers/registry'
import { useDocumentStore } from '@/stores/document'
import type { MenuItem } from '@/ui/options'
import type { Clipboard } from './use-clipboard'
import type { DesignActions } from './use-design-actions'
import { useModuleRefusal } from './use-module-refusal'
import type { NetworkView } from './use-network-view'
import { useSharing } from './use-sharing'

const addPrefix = 'add '
const alignPrefix = 'align '

/** The menu of the canvas and the outline: what can be done with the selection, or, without one, with the network. */
export function useCardMenu(
  actions: DesignActions,
  clipboard: Clipboard,
  view: Pick<NetworkView, 'card'> = { card: () => undefined },
) {
  const store = useDocumentStore()
  const { t } = useI18n()
  const groups = kindsByCategory()
  const refusal = useModuleRefusal(view, actions)

  const kinds = computed<MenuItem[]>(() =>
    groups.map(({ category, kinds: entries }) => ({
      id: category,
      label: t(`layers.categories.${category}`),
      items: entries.map(({ kind, icon }) => ({ id: `${addPrefix}${kind}`, label: t(`layers.${kind}.title`), icon })),
    })),
  )

  const alignItems = computed<MenuItem[]>(() =>
    alignments.map((alignment, n) => {
      const least = cardsToAlign(alignment)
      const few = actions.chosenCards.value.length < least ? t('canvas.align.few', { n: least }) : ''
      return {
        id: `${alignPrefix}${alignment}`,
        label: t(`canvas.align.${alignment}`),
        separator: n > 0 && least !== cardsToAlign(alignments[n - 1] ?? alignment),
        ...reason(few),
      }
    }),
  )

  const alone = computed(() => (actions.chosenNodes.value.length === 1 ? actions.chosenNodes.value[0] : undefined))
  const sharing = useSharing(() => alone.value)
  const sharingItems = computed<MenuItem[]>(() => {
    if (!sharing.value) return []
    const { label, icon, whyNot } = sharing.value
    return [{ id: 'sharing', label, icon, ...reason(whyNot) }]
  })

  const moduleItems = computed<MenuItem[]>(() => {
    const { meant, nextName } = actions.modules
    const chosen = actions.chosenCards.value
    const module = meant.value
    const make: MenuItem = {
      id: 'makeModule',
      label: t('modules.make', { name: nextName.value }),
      icon: 'component',
      shortcut: 'CmdOrCtrl+G',
      separator: true,
      ...reason(refusal.value),
    }
    if (!module) return chosen.length > 0 ? [make] : []
    const { id, name, open } = module
    const itself = chosen[0] === id
    return [
      ...(itself ? [] : [make]),
      {
        id: 'toggleModule',
        label: t(open ? 'modules.close' : 'modules.open', { name }),
        icon: open ? 'minimize-2' : 'maximize-2',
        shortcut: 'CmdOrCtrl+Enter',
        separator: itself,
      },
      ...(itself
        ? [
            {
              id: 'dissolveModule',
              label: t('modules.dissolve', { name }),
              icon: 'ungroup',
              shortcut: 'CmdOrCtrl+Shift+G',
            },
            { id: 'keepModule', label: t('modules.keep'), icon: 'archive' },
          ]
        : []),
    ]
  })

  const items = computed<MenuItem[]>(() => {
    const [only, ...others] = actions.chosenCards.value
    const some = only !== undefined
    const nothing = some ? '' : t('design.menu.nothing')
    const alone = others.length === 0 ? only : undefined
    const fixed = (direction: -1 | 1) =>
      alone !== undefined && swapPartner(store.network, alone, direction) ? '' : t('design.menu.cannotMove')
    const layer: MenuItem[] = [
      { id: 'up', label: t('design.menu.up'), icon: 'arrow-up', shortcut: 'Alt+Up', ...reason(fixed(-1)) },
      { id: 'down', label: t('design.menu.down'), icon: 'arrow-down', shortcut: 'Alt+Down', ...reason(fixed(1)) },
    ]
    const noWire = actions.chosenWires.value.length === 0
    return [
      {
        id: 'kinds',
        label: some ? t('design.menu.addBehind') : t('design.menu.add'),
        icon: 'plus',
        items: kinds.value,
      },
      ...(alone === undefined ? [] : layer),
      ...sharingItems.value,
      ...(others.length > 0
        ? [{ id: 'align', label: t('canvas.align.title'), icon: 'align-center-vertical', items: alignItems.value }]
        : []),
      ...moduleItems.value,
      {
        id: 'cut',
        label: t('design.menu.cut'),
        icon: 'scissors',
        shortcut: 'CmdOrCtrl+X',
        separator: true,
        ...reason(nothing),
      },
      { id: 'copy', label: t('design.menu.copy'), icon: 'copy', shortcut: 'CmdOrCtrl+C', ...reason(nothing) },
      {
        id: 'paste',
        label: t('design.menu.paste'),
        icon: 'clipboard-paste',
        shortcut: 'CmdOrCtrl+V',
        ...reason(clipboard.last.value ? '' : t('design.menu.nothingCopied')),
      },
      {
        id: 'duplicate',
        label: t('design.menu.duplicate'),
        icon: 'copy-plus',
        shortcut: 'CmdOrCtrl+D',
        ...reason(nothing),
      },
      {
        id: 'all',
        label: t('design.menu.selectAll'),
        icon: 'square-mouse-pointer',
        shortcut: 'CmdOrCtrl+A',
        separator: true,
      },
      {
        id: 'delete',
        label: t('design.menu.delete'),
        icon: 'trash',
        shortcut: 'Delete',
        danger: true,
        separator: true,
        ...reason(noWire ? nothing : ''),
      },
    ]
  })

  function choose(id: string): void {
    const [only] = actions.chosenNodes.value
    const module = actions.modules.meant.value
    if (id.startsWith(addPrefix)) actions.add(id.slice(addPrefix.length))
    else if (id.startsWith(alignPrefix)) {
      const alignment = alignments.find((one) => id === `${alignPrefix}${one}`)
      if (alignment) actions.align(alignment)
    } else if (id === 'up' && only !== undefined) actions.moveAlong(only, -1)
    else if (id === 'down' && only !== undefined) actions.moveAlong(only, 1)
    else if (id === 'sharing' && only !== undefined) actions.changeSharing(only)
    else if (id === 'makeModule') actions.modules.make()
    else if (id === 'toggleModule') actions.modules.toggle()
    else if (id === 'dissolveModule' && module) actions.modules.dissolve(module.id)
    else if (id === 'keepModule' && module) void actions.modules.keep(module.id)
    else if (id === 'cut') clipboard.cut()
    else if (id === 'copy') clipboard.copy()
    else if (id === 'paste') clipboard.paste()
    else if (id === 'duplicate') actions.duplicate()
    else if (id === 'all') actions.selectAll()
    else if (id === 'delete') actions.removeSelected()
  }

  /** The pointer is on something: the menu is about it, so it is selected unless it is already. */
  function openAt(id: string | null): void {
    if (id === null) actions.clearSelection()
    else if (!store.selection.includes(id)) store.select([id])
  }

  return { items, choose, openAt }
}

export type CardMenu = ReturnType<typeof useCardMenu>

function reason(disabledReason: string): { disabledReason?: string } {
  return disabledReason ? { disabledReason } : {}
}
