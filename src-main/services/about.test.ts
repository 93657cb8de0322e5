import { describe, expect, it } from 'vitest'
import { devDependencies, version } from '../../package.json'
import { about, electronSource } from './about'

const pinned = devDependencies.electron

describe('where the running Electron comes from', () => {
  it.each([
    [undefined, pinned, false, 'package'],
    [undefined, pinned, true, 'release'],
    [undefined, '25.1.1', false, 'fallback'],
    [undefined, '25.1.1', true, 'fallback'],
    ['fallback', pinned, true, 'fallback'],
    ['package', '25.1.1', false, 'fallback'],
    ['nonsense', pinned, false, 'package'],
  ])('said %s, running %s, packaged %s: %s', (said, running, packaged, expected) => {
    expect(electronSource(said, running, packaged)).toBe(expected)
  })
})

it('about tells the program and what it runs on', () => {
  const versions = { electron: '25.1.1', chrome: '114.0.0.1', node: '18.15.0' }
  expect(about({ versions, source: undefined, packaged: false, sandboxed: true, logPath: '/l' })).toEqual({
    version,
    electron: '25.1.1',
    electronSource: 'fallback',
    chromium: '114.0.0.1',
    node: '18.15.0',
    platform: expect.stringContaining(process.arch),
    sandboxed: true,
    logPath: '/l',
  })
})
