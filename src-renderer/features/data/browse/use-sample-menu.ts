import type { DatasetSummary } from '@shared/data/dataset'
import { storedParts, type StoredPart } from '@shared/data/stored-dataset'
import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { useSampleEditsStore } from '@/stores/sample-edits'
import { useSampleViewStore } from '@/stores/sample-view'
import type { MenuItem } from '@/ui/options'

/** So many classes stand in the menu itself; the rest is found by typing. */
const mostInMenu = 12

/** The class that a digit stands for: the one of that name, else the first, second and so on. */
export function classOfDigit(classes: readonly string[], digit: string): string | undefined {
  if (!/^\d$/.test(digit)) return undefined
  return classes.includes(digit) ? digit : classes[(Number(digit) + 9) % 10]
}

/** The digit that stands for a class; undefined: none does. */
export function digitOf(classes: readonly string[], name: string): string | undefined {
  return Array.from('1234567890').find((digit) => classOfDigit(classes, digit) === name)
}

/** What can be done with the samples that are selected, as a menu and by key. */
export function useSampleMenu(summary: () => DatasetSummary) {
  const { t } = useI18n()
  const view = useSampleViewStore()
  const edits = useSampleEditsStore()

  const items = computed<MenuItem[]>(() => [
    {
      id: 'class',
      label: t('browse.menu.relabel'),
      icon: 'tag',
      items: [
        ...summary()
          .classes.slice(0, mostInMenu)
          .map((name, at) => ({ id: `class ${at}`, label: name, ...digitFor(name) })),
        { id: 'other', label: t('browse.menu.otherClass'), icon: 'search', shortcut: 'L', separator: true },
      ],
    },
    {
      id: 'part',
      label: t('browse.menu.move'),
      icon: 'folder-input',
      items: storedParts.map((part) => ({ id: `part ${part}`, label: t(`data.parts.${part}`) })),
    },
    edits.removedShown
      ? { id: 'restore', label: t('browse.menu.restore'), icon: 'rotate-ccw', shortcut: 'Delete', separator: true }
      : { id: 'remove', label: t('browse.menu.remove'), icon: 'trash-2', shortcut: 'Delete', separator: true },
    ...renaming(),
  ])

  function digitFor(name: string): { shortcut?: string } {
    const digit = digitOf(summary().classes, name)
    return digit === undefined ? {} : { shortcut: digit }
  }

  function renaming(): MenuItem[] {
    const name = view.selected && summary().classes[view.selected.label]
    if (!name) return []
    return [{ id: 'rename', label: t('browse.menu.rename', { name }), icon: 'pencil', separator: true }]
  }

  function choose(id: string): void {
    const [what, which = ''] = id.split(' ')
    const name = what === 'class' ? summary().classes[Number(which)] : undefined
    if (name !== undefined) void edits.relabel(name)
    else if (id === 'other') edits.asking = 'relabel'
    else if (what === 'part' && isPart(which)) void edits.move(which)
    else if (id === 'remove') void edits.remove()
    else if (id === 'restore') void edits.restore()
    else if (id === 'rename' && view.selected) edits.asking = { rename: summary().classes[view.selected.label] ?? '' }
  }

  /** Keys that the grid itself does not take; true: this was one of them. */
  function press(event: KeyboardEvent): boolean {
    if (event.ctrlKey || event.metaKey || event.altKey || view.chosen.size === 0) return false
    const name = classOfDigit(summary().classes, event.key)
    if (name !== undefined) void edits.relabel(name)
    else if (event.code === 'KeyL') edits.asking = 'relabel'
    else return false
    return true
  }

  return { items, choose, press }
}

function isPart(text: string): text is StoredPart {
  return storedParts.some((part) => part === text)
}
