import { describe, expect, it } from 'vitest'
import { isShortcut, readShortcut, shortcutKeys, shortcutText, type Keystroke } from './shortcut'

function press(key: string, code: string, held: Partial<Keystroke> = {}): Keystroke {
  return { key, code, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...held }
}

describe('isShortcut', () => {
  it.each([
    ['CmdOrCtrl+K', press('k', 'KeyK', { ctrlKey: true }), false, true],
    ['CmdOrCtrl+K', press('k', 'KeyK', { metaKey: true }), false, false],
    ['CmdOrCtrl+K', press('k', 'KeyK', { metaKey: true }), true, true],
    ['CmdOrCtrl+K', press('k', 'KeyK', { ctrlKey: true }), true, false],
    ['CmdOrCtrl+K', press('л', 'KeyK', { ctrlKey: true }), false, true],
    ['CmdOrCtrl+K', press('K', 'KeyK', { ctrlKey: true, shiftKey: true }), false, false],
    ['CmdOrCtrl+Shift+Z', press('Z', 'KeyZ', { ctrlKey: true, shiftKey: true }), false, true],
    ['CmdOrCtrl+Shift+Z', press('z', 'KeyZ', { ctrlKey: true }), false, false],
    ['CmdOrCtrl+1', press('1', 'Digit1', { ctrlKey: true }), false, true],
    ['CmdOrCtrl+1', press('1', 'Digit1', { ctrlKey: true, altKey: true }), false, false],
    ['Alt+Up', press('ArrowUp', 'ArrowUp', { altKey: true }), false, true],
    ['CmdOrCtrl+,', press(',', 'Comma', { ctrlKey: true }), false, true],
    ['CmdOrCtrl+,', press('б', 'Comma', { ctrlKey: true }), false, true],
    ['CmdOrCtrl+.', press('ю', 'Period', { ctrlKey: true }), false, true],
    ['Delete', press('Delete', 'Delete'), false, true],
    ['Delete', press('Backspace', 'Backspace'), false, false],
  ])('%s against %o', (text, event, mac, expected) => {
    expect(isShortcut(event, readShortcut(text), mac)).toBe(expected)
  })
})

describe('how a shortcut is written', () => {
  it.each([
    ['CmdOrCtrl+K', true, '⌘K'],
    ['CmdOrCtrl+K', false, 'Ctrl+K'],
    ['CmdOrCtrl+Shift+Z', true, '⌘⇧Z'],
    ['Alt+Up', false, 'Alt+↑'],
  ])('%s', (text, mac, expected) => expect(shortcutText(text, mac)).toBe(expected))

  it('gives one part for each key', () => expect(shortcutKeys('CmdOrCtrl+Delete', false)).toEqual(['Ctrl', 'Del']))
})
