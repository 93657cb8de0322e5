import { describe, expect, it } from 'vitest'
import { LossScale } from './loss-scale'

describe('the loss scale', () => {
  it('halves on every overflow, down to 1, and says when that is no help any more', () => {
    const scale = new LossScale()
    const first = scale.value
    expect(scale.overflowed()).toBe(true)
    expect(scale.value).toBe(first / 2)
    while (scale.value > 1) expect(scale.overflowed()).toBe(true)
    expect(scale.overflowed()).toBe(false)
    expect(scale.value).toBe(1)
  })

  it('doubles only after a thousand steps without overflow', () => {
    const scale = new LossScale()
    const first = scale.value
    for (let n = 0; n < 999; n++) scale.kept()
    scale.overflowed()
    for (let n = 0; n < 999; n++) scale.kept()
    expect(scale.value).toBe(first / 2)
    scale.kept()
    expect(scale.value).toBe(first)
  })

  it('goes on from its state as if it had never stopped', () => {
    const one = new LossScale()
    for (let n = 0; n < 700; n++) one.kept()
    const other = new LossScale()
    other.overflowed()
    other.state = one.state
    for (let n = 0; n < 300; n++) other.kept()
    expect(other.value).toBe(2 * one.value)
  })
})
