import { useEventListener } from '@vueuse/core'
import { shallowRef } from 'vue'
import { isTyping } from '@/composables/use-shortcut'
import type { Reading } from './code/use-reading'
import type { DesignActions } from './use-design-actions'

/**
 * Copying, cutting and pasting layers as text, by the system's own clipboard events: keys, menu and context menu all
 * raise these. A model of another framework is pasted as a network. `owns` says whether an event that came from an
 * element is meant for the network.
 */
export function useClipboard(
  actions: DesignActions,
  reading: Pick<Reading, 'paste'>,
  owns: (target: EventTarget | null) => boolean,
) {
  const last = shallowRef('')

  function mine(event: ClipboardEvent): boolean {
    if (event.defaultPrevented || isTyping(event.target) || !owns(event.target)) return false
    return (window.getSelection()?.toString() ?? '') === '' || event.type === 'paste'
  }

  function take(event: ClipboardEvent): boolean {
    const text = mine(event) ? actions.copied() : undefined
    if (text === undefined) return false
    event.clipboardData?.setData('text/plain', text)
    event.preventDefault()
    last.value = text
    return true
  }

  useEventListener(document, 'copy', take)
  useEventListener(document, 'cut', (event) => {
    if (take(event)) actions.removeSelected()
  })
  useEventListener(document, 'paste', (event) => {
    if (!mine(event)) return
    const text = event.clipboardData?.getData('text/plain') ?? ''
    if (actions.pasteText(text) || reading.paste(text)) event.preventDefault()
  })

  return {
    /** What was copied last here; empty: nothing. */
    last,
    // The one way to reach the system's clipboard without asking for a permission.
    copy: () => void document.execCommand('copy'),
    cut: () => void document.execCommand('cut'),
    paste: () => void actions.pasteText(last.value),
  }
}

export type Clipboard = ReturnType<typeof useClipboard>
