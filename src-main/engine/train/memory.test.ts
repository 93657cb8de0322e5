import { describe, expect, it } from 'vitest'
import { AppError } from '@shared/ipc/errors'
import { chain } from '@shared/network/chain'

import { judgingBatch, refuseTooLarge } from './memory'
import { refuseNonFinite } from './finite'

// 100 + 100 + 10 values of activations a sample, 1,010 weights.
const network = chain(['input', { shape: [10, 10, 1] }], ['flatten'], ['dense', { units: 10, activation: 'softmax' }])

describe('memory', () => {
  it('is refused from the byte on at which it does not fit', () => {
    const needed = 0.4 * (7 * 1010 + (210 + 2 * 100) * 8) * 4
    expect(() => refuseTooLarge(network, 8, needed)).not.toThrow()
    expect(() => refuseTooLarge(network, 8, needed - 1)).toThrow(AppError)
    expect(() => refuseTooLarge(network, 9, needed)).toThrow(AppError)
  })

  it('bounds the samples that are judged at once', () => {
    expect(judgingBatch(network)).toBe(1000)
    // 4 × 2²⁰ values of 4 bytes and as many again: 8 samples in 256 MiB.
    const large = chain(['input', { shape: [2048, 2048, 1] }], ['activation'])
    expect(judgingBatch(large)).toBe(8)
    const huge = chain(['input', { shape: [4096, 4096, 4] }], ['activation'])
    expect(judgingBatch(huge)).toBe(1)
  })
})

describe('weights that are no numbers', () => {
  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])('%d is refused', (value) => {
    const weight = { node: 'a', name: 'kernel', shape: [3], values: Float32Array.of(1, 2, 3) }
    expect(() => refuseNonFinite([weight], 5)).not.toThrow()
    weight.values[1] = value
    expect(() => refuseNonFinite([weight], 5)).toThrow(
      expect.objectContaining({ code: 'training-diverged', params: { step: 5 } }),
    )
  })
})
