import { useEventListener } from '@vueuse/core'
import { computed, onScopeDispose, type ComputedRef } from 'vue'
import { isShortcut, readShortcut } from '@/composables/shortcut'
import { isTyping } from '@/composables/use-shortcut'
import { useDialogsStore } from '@/stores/dialogs'
import { useNoticesStore } from '@/stores/notices'
import { useProgramStore } from '@/stores/program'
import { commandTable, useModuleCommands, type Command } from './commands'

/** What the browser itself does to a text field for a command of the Edit menu. */
const fieldCommands: Readonly<Record<string, string>> = {
  'edit.undo': 'undo',
  'edit.redo': 'redo',
  'edit.delete': 'delete',
  'edit.selectAll': 'selectAll',
}

export interface Commands {
  readonly all: ComputedRef<readonly Command[]>
  /** Runs a command, or says why it cannot be run now. */
  run(id: string): void
}

/** The table of commands, run by their keys and by the native menu until the component goes. */
export function useCommands(): Commands {
  const table = commandTable()
  const modules = useModuleCommands()
  const dialogs = useDialogsStore()
  const notices = useNoticesStore()
  const keys = [...table.values()].flatMap((command) =>
    command.shortcut ? [{ command, shortcut: readShortcut(command.shortcut) }] : [],
  )

  function run(id: string): void {
    const command = table.get(id) ?? modules.value.find((one) => one.id === id)
    if (!command) return
    const why = command.whyNot()
    if (why) notices.done(why)
    else void notices.attempt(async () => command.run())
  }

  useEventListener(window, 'keydown', (event: KeyboardEvent) => {
    if (event.defaultPrevented) return
    const command = keys.find(({ shortcut }) => isShortcut(event, shortcut))?.command
    if (!command) return
    const edits = command.id.startsWith('edit.')
    // Keys that edit belong to a text field or a dialog that has the focus, and otherwise to the canvas or the samples.
    if (edits && (isTyping(event.target) || isInDialog(event.target) || command.whyNot() !== null)) return
    event.preventDefault()
    if (dialogs.open === null || command.id === 'palette.open') run(command.id)
  })

  onScopeDispose(
    useProgramStore().onMenuCommand((id) => {
      const inField = fieldCommands[id]
      if (inField && isTyping(document.activeElement)) document.execCommand(inField)
      else run(id)
    }),
  )

  return { all: computed(() => [...table.values(), ...modules.value]), run }
}

function isInDialog(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[role=dialog]') !== null
}
