// @ts-check
import { describe, expect, it } from 'vitest'
import { foldersFor, isInstalled, isNodeSupported } from './packages.mjs'

describe('isNodeSupported', () => {
  it.each([
    ['18.20.4', false],
    ['20.18.3', false],
    ['20.19.0', true],
    ['20.20.2', true],
    ['21.7.3', false],
    ['22.11.0', false],
    ['22.12.0', true],
    ['24.0.0', true],
    ['9.11.2', false],
  ])('%s: %s', (version, supported) => {
    expect(isNodeSupported(version)).toBe(supported)
  })
})

describe('isInstalled', () => {
  const locked = {
    '': { version: '0.1.0' },
    'node_modules/a': { version: '1.0.0' },
    'node_modules/b': { version: '2.0.0' },
    'node_modules/b-linux': { version: '2.0.0', optional: true },
  }
  const a = { 'node_modules/a': { version: '1.0.0' } }
  const b = { 'node_modules/b': { version: '2.0.0' } }

  it.each([
    ['all, without the optional one', { ...a, ...b }, true],
    ['all, with the optional one', { ...a, ...b, 'node_modules/b-linux': { version: '2.0.0' } }, true],
    ['an optional one of another version', { ...a, ...b, 'node_modules/b-linux': { version: '1.9.0' } }, false],
    ['one missing', a, false],
    ['one of another version', { ...a, 'node_modules/b': { version: '2.0.1' } }, false],
    ['one too many', { ...a, ...b, 'node_modules/c': { version: '1.0.0' } }, false],
    ['nothing', {}, false],
  ])('%s', (_, installed, result) => {
    expect(isInstalled(locked, installed)).toBe(result)
  })
})

describe('foldersFor', () => {
  const packages = {
    '': {},
    'node_modules/any': {},
    'node_modules/linux': { os: ['linux'], cpu: ['x64'] },
    'node_modules/arm': { os: ['linux'], cpu: ['arm64'] },
    'node_modules/mac': { os: ['darwin'] },
    'node_modules/not-windows': { os: ['!win32'] },
  }

  it.each([
    ['linux', 'x64', ['node_modules/any', 'node_modules/linux', 'node_modules/not-windows']],
    ['darwin', 'arm64', ['node_modules/any', 'node_modules/mac', 'node_modules/not-windows']],
    ['win32', 'x64', ['node_modules/any']],
  ])('%s %s', (os, cpu, folders) => {
    expect(foldersFor(packages, os, cpu)).toEqual(folders)
  })
})
