import { describe, expect, it } from 'vitest'
import { originOf, refusal, type Sender } from './sender'

const origin = 'app://patchwork'
const ours = new Set([1, 2])
const window: Sender = { contents: 1, mainFrame: true, url: 'app://patchwork/index.html' }

describe('the check of who sent a message', () => {
  it.each([
    ['our page', window],
    ['our page at another place in it', { ...window, url: 'app://patchwork/index.html#/train' }],
    ['our other window', { ...window, contents: 2 }],
  ])('lets %s pass', (_who, sender) => expect(refusal(sender, ours, origin)).toBeUndefined())

  it.each([
    ['contents that we did not make', { ...window, contents: 3 }],
    ['a frame within our page', { ...window, mainFrame: false }],
    ['another page', { ...window, url: 'https://example.com/' }],
    ['another host of our scheme', { ...window, url: 'app://elsewhere/index.html' }],
    ['a host that begins like ours', { ...window, url: 'app://patchwork.example.com/' }],
    ['a user name like our host', { ...window, url: 'app://patchwork@example.com/' }],
    ['a file', { ...window, url: 'file:///etc/passwd' }],
    ['an empty page', { ...window, url: 'about:blank' }],
    ['no page at all', { ...window, url: '' }],
  ])('refuses %s and says why', (_who, sender) => expect(refusal(sender, ours, origin)).toMatch(/\w+/))

  it('refuses everyone where there is no window', () => expect(refusal(window, new Set(), origin)).toMatch(/window/))
})

describe('originOf', () => {
  it.each([
    ['app://patchwork/index.html', 'app://patchwork'],
    ['http://localhost:5173/', 'http://localhost:5173'],
    ['about:blank', 'about://'],
    ['no address', ''],
    ['', ''],
  ])('%s: %s', (url, expected) => expect(originOf(url)).toBe(expected))
})
