import { describe, expect, it } from 'vitest'
import { arithmeticAsCalls, describePreprocessing } from './describe-preprocessing'

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

  const normalization = { mean: [0.4, 0.5, 0.6], deviation: [0.2, 0.25, 0.3] }
  const pictures = { shape: [8, 8, 3], divisor: 255, normalization }
  const sounds = { shape: [800, 1], divisor: 1, floats: { low: -1, high: 1 } }

  it.each([
    [
      'a normalized picture',
      pictures,
      [
        'divide the values (0 to 255) by 255',
        'subtract from them: 0.4, 0.5, 0.6 (channel by channel)',
        'divide them by 0.2, 0.25, 0.3 (channel by channel)',
      ],
      '.div(255).sub([0.4, 0.5, 0.6]).div([0.2, 0.25, 0.3])',
    ],
    ['a sound that is taken as it is', sounds, ['take the values as they are (-1 to 1)'], ''],
    [
      'a normalized sound',
      { ...sounds, normalization: { mean: [0.1], deviation: [0.5] } },
      ['subtract from the values (-1 to 1): 0.1', 'divide them by 0.5'],
      '.sub(0.1).div(0.5)',
    ],
  ])('of %s tells the arithmetic step by step', (_what, preprocessing, steps, calls) => {
    const described = describePreprocessing(preprocessing, 'outside')
    expect(Array.isArray(described['steps']) && described['steps'].slice(-steps.length)).toEqual(steps)
    expect(arithmeticAsCalls(preprocessing)).toBe(calls)
  })

  it('of a picture of floats spreads bytes over their range', () => {
    const { steps } = describePreprocessing({ shape: [8, 8, 1], divisor: 1, floats: { low: -1, high: 1 } }, 'outside')
    expect(Array.isArray(steps) && steps.slice(-2)).toEqual([
      'spread 0 to 255 over -1 to 1',
      'take the values as they are (-1 to 1)',
    ])
  })

  it.each([
    ['fill', 5],
    ['stretch', 4],
  ] as const)('of a picture tells how it is resized: %s', (resize, steps) => {
    const described = describePreprocessing({ shape: [8, 8, 3], resize, divisor: 255 }, 'outside')
    expect(described['steps']).toHaveLength(steps + 1)
    expect(String(described['steps'])).not.toContain('fill up')
  })

  it.each(['scale', 'center'] as const)('of a volume tells how other sizes are brought to it: %s', (volumeFit) => {
    const { steps } = describePreprocessing({ shape: [8, 8, 8, 1], volumeFit, divisor: 255 }, 'outside')
    expect(String(steps)).toContain(volumeFit === 'scale' ? 'scale each axis' : 'around the middle')
  })

  it('of a picture of a sound tells how it is made, in words and numbers', () => {
    const spectrogram = {
      size: 512,
      window: 400,
      hop: 160,
      bands: { kind: 'mel', count: 64, lowest: 0, highest: 8000 },
      scale: 'decibel',
      range: 80,
    } as const
    const sound = { rate: 16_000, length: 16_000, spectrogram }
    const floats = { low: -100, high: 20 }
    const described = describePreprocessing({ shape: [64, 101, 1], divisor: 1, floats, sound }, 'outside')
    expect(described).toMatchObject({
      input: { bands: 64, spectra: 101, channels: 1, layout: 'bands, spectra, channels' },
      sound,
    })
    for (const number of [
      '16000 samples',
      '400 samples',
      'up to 512',
      '160th',
      '64 triangles',
      '8000 Hz',
      '80 below',
    ]) {
      expect(String(described['steps'])).toContain(number)
    }
    expect(String(described['steps'])).not.toContain('EXIF')
  })

  it('gives the numbers of normalization to those who apply it, and to no others', () => {
    expect(describePreprocessing(pictures, 'outside')).toMatchObject({ divisor: 255, ...normalization })
    const inside = describePreprocessing(pictures, 'inside')
    expect(inside).not.toHaveProperty('mean')
    const does =
      'divides them by 255, then subtracts 0.4, 0.5, 0.6 (channel by channel) from them, then divides them by'
    expect(inside['steps']).toContainEqual(expect.stringContaining(`the model ${does}`))
    const alone = describePreprocessing(sounds, 'inside')
    expect(alone['steps']).toEqual(['leave the values as they are (-1 to 1)'])
  })

  it('has nothing to divide by where the model does it', () => {
    const { steps, divisor } = describePreprocessing({ shape: [8, 8, 1], divisor: 255 }, 'inside')
    expect(divisor).toBe(1)
    expect(steps).toContainEqual(expect.stringContaining('divides them by 255 itself'))
  })
})
