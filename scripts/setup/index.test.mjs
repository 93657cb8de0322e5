// @ts-check
import { describe, expect, it } from 'vitest'
import { meets, withEarlierNeeds } from './index.mjs'

describe('withEarlierNeeds', () => {
  const nothing = { device: undefined, electron: false, window: false, tests: false }
  it.each([
    ['a first run', {}, {}, nothing],
    ['the command line after the window', {}, { electronPath: '/e', window: 'yes' }, { electron: true, window: true }],
    ['the window after the tests', { window: true }, { node24: '/n' }, { window: true, tests: true }],
    ['a device asked for before', {}, { askedDevice: 'cpu' }, { device: 'cpu' }],
    ['another device than before', { device: 'gpu' }, { askedDevice: 'cpu' }, { device: 'gpu' }],
    ['a stamp that says nonsense', {}, { askedDevice: 'tpu' }, {}],
  ])('%s', (_, needs, facts, result) => {
    const given = /** @type {import('./index.mjs').Needs} */ (needs)
    expect(withEarlierNeeds(given, facts)).toEqual({ ...nothing, ...result })
  })
})

describe('meets', () => {
  it.each([
    ['nothing asked', {}, {}, true],
    ['Electron asked, none there', {}, { electron: true }, false],
    ['a window asked, only Electron there', { electronPath: '/e' }, { window: true }, false],
    ['a window asked and there', { electronPath: '/e', window: 'yes' }, { electron: true, window: true }, true],
  ])('%s', (_, facts, needs, met) => {
    expect(meets(facts, needs)).toBe(met)
  })

  it.runIf(process.platform === 'linux' && process.arch === 'x64')('asks for Node 24 when testing', () => {
    expect(meets({}, { tests: true })).toBe(false)
    expect(meets({ node24: '/n' }, { tests: true })).toBe(true)
  })
})
