// @ts-check
import { describe, expect, it } from 'vitest'
import { takeDevice } from './parameters.mjs'

describe('takeDevice', () => {
  it.each([
    [[], undefined, []],
    [['--device', 'gpu', 'file'], 'gpu', ['file']],
    [['a', '--device=cpu', '--b'], 'cpu', ['a', '--b']],
    [['--devices', 'gpu'], undefined, ['--devices', 'gpu']],
  ])('%o', (parameters, device, rest) => {
    expect(takeDevice(parameters)).toEqual({ device, rest })
  })

  it.each([[['--device']], [['--device', 'tpu']], [['--device=']]])('refuses %o', (parameters) => {
    expect(() => takeDevice(parameters)).toThrow('reading --device')
  })
})
