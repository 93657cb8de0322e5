import { useEventListener } from '@vueuse/core'
import { isShortcut, readShortcut } from './shortcut'

/**
 * Runs `action` when the shortcut is pressed anywhere in the window, until the component goes. Keys without a modifier
 * are left alone while a person types in a field.
 */
export function useShortcut(text: string, action: (event: KeyboardEvent) => void): void {
  const shortcut = readShortcut(text)
  useEventListener(window, 'keydown', (event: KeyboardEvent) => {
    if (event.defaultPrevented || !isShortcut(event, shortcut)) return
    if (!shortcut.mod && isTyping(event.target)) return
    event.preventDefault()
    action(event)
  })
}

/** Whether an event comes from a place where keys are text. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement
}
