import { describe, expect, it } from 'vitest'
import { describePreprocessing } from './describe-preprocessing'

describe('the preprocessing of an export', () => {
  it.each([
    ['a grey picture', [28, 20, 1], { height: 28, width: 20, channels: 1, values: 'grey' }, 6],
    ['a colour picture', [32, 32, 3], { height: 32, width: 32, channels: 3, values: 'RGB' }, 6],
    ['a picture of other channels', [8, 8, 5], { height: 8, width: 8, channels: 5 }, 1],
    ['a sequence', [8000, 2], { length: 8000, channels: 2 }, 1],
    ['a volume', [4, 28, 20, 1], { depth: 4, height: 28, width: 20, channels: 1 }, 1],
  ])('of %s names its sizes and its steps', (_what, shape, input, steps) => {
    const described = describePreprocessing({ shape, divisor: 255 }, 'outside')
    const layout = Object.keys(input).filter((name) => name !== 'values')
    expect(described['input']).toEqual({ ...input, layout: layout.join(', ') })
    expect(described['steps']).toHaveLength(steps)
    expect(described['divisor']).toBe(255)
  })

  it('has nothing to divide by where the model does it', () => {
    const { steps, divisor } = describePreprocessing({ shape: [8, 8, 1], divisor: 255 }, 'inside')
    expect(divisor).toBe(1)
    expect(steps).toContainEqual(expect.stringContaining('divides them by 255 itself'))
  })
})
