/** A key with its modifiers, read from Electron's notation: `CmdOrCtrl` is Command on macOS and Control elsewhere. */
export interface Shortcut {
  readonly key: string
  readonly mod: boolean
  readonly shift: boolean
  readonly alt: boolean
}

/** The part of a keyboard event that a shortcut is compared with. */
export interface Keystroke {
  readonly key: string
  readonly code: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly shiftKey: boolean
  readonly altKey: boolean
}

const macSigns: Readonly<Record<string, string>> = {
  CmdOrCtrl: '⌘',
  Shift: '⇧',
  Alt: '⌥',
  Enter: '↩',
  Backspace: '⌫',
  Delete: '⌦',
  Escape: '⎋',
}
const signs: Readonly<Record<string, string>> = {
  CmdOrCtrl: 'Ctrl',
  Delete: 'Del',
  Escape: 'Esc',
  Enter: '↵',
}
const arrows: Readonly<Record<string, string>> = { Up: '↑', Down: '↓', Left: '←', Right: '→' }

/** Where signs lie on the keyboard, whatever the layout makes of them. */
const signPlaces: Readonly<Record<string, string>> = { ',': 'Comma', '.': 'Period' }

/** Whether the program runs on macOS, where shortcuts are written and held differently. */
export function isMac(): boolean {
  return /mac/i.test(navigator.userAgent)
}

/** Reads a shortcut's text; the last part is the key. */
export function readShortcut(text: string): Shortcut {
  const parts = text.split('+')
  const key = parts.at(-1) ?? ''
  return {
    key: key in arrows ? `Arrow${key}` : key,
    mod: parts.includes('CmdOrCtrl'),
    shift: parts.includes('Shift'),
    alt: parts.includes('Alt'),
  }
}

/** The parts of a shortcut as they stand on the keys: `['⌘', 'K']` or `['Ctrl', 'K']`. */
export function shortcutKeys(text: string, mac = isMac()): string[] {
  return text.split('+').map((part) => arrows[part] ?? (mac ? macSigns : signs)[part] ?? part)
}

/** A shortcut in one text: `⌘K` or `Ctrl+K`. */
export function shortcutText(text: string, mac = isMac()): string {
  return shortcutKeys(text, mac).join(mac ? '' : '+')
}

/**
 * Whether a key press is this shortcut. Letters, digits and signs are compared by their place on the keyboard too, so that
 * shortcuts work in a Russian layout.
 */
export function isShortcut(event: Keystroke, { key, mod, shift, alt }: Shortcut, mac = isMac()): boolean {
  const [modKey, otherKey] = mac ? [event.metaKey, event.ctrlKey] : [event.ctrlKey, event.metaKey]
  if (modKey !== mod || otherKey || event.altKey !== alt || event.shiftKey !== shift) return false
  const places = [`Key${key.toUpperCase()}`, `Digit${key}`, signPlaces[key]]
  return event.key.toLowerCase() === key.toLowerCase() || places.includes(event.code)
}
