import { describe, expect, it } from 'vitest'
import css from './tokens.css?raw'

/** The tokens of a theme as colours: `var(--x)` followed to the end. */
function tokensOf(theme: 'light' | 'dark'): Map<string, string> {
  const tokens = new Map<string, string>()
  for (const [, selector = '', body = ''] of css.replace(/\/\*[^]*?\*\//g, '').matchAll(/([^{}]+)\{([^{}]*)\}/g)) {
    if (selector.includes('data-theme') && !selector.includes(`'${theme}'`) && !selector.includes(':root,')) continue
    for (const [, name = '', value = ''] of body.matchAll(/(--[\w-]+):\s*([^;]+);/g)) tokens.set(name, value.trim())
  }
  for (const name of tokens.keys()) {
    let value = tokens.get(name) ?? ''
    for (let follow = /^var\((--[\w-]+)\)$/.exec(value); follow; follow = /^var\((--[\w-]+)\)$/.exec(value)) {
      value = tokens.get(follow[1] ?? '') ?? 'missing'
    }
    tokens.set(name, value)
  }
  return tokens
}

/** Contrast ratio of WCAG 2.2. */
function contrast(one: string, other: string): number {
  const [lighter = 0, darker = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (lighter + 0.05) / (darker + 0.05)
}

function luminance(hex: string): number {
  expect(hex).toMatch(/^#[\da-f]{6}$/)
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

const grounds = [
  'surface',
  'surface-chrome',
  'surface-sunken',
  'surface-raised',
  'surface-control',
  'hover',
  'accent-soft',
]
const pairs: [string, string][] = [
  ...grounds.flatMap((ground): [string, string][] => [
    ['text', ground],
    ['text-2', ground],
    ['text-3', ground],
  ]),
  ...['surface', 'surface-chrome', 'surface-raised', 'hover', 'accent-soft', 'accent-soft-2'].map(
    (ground): [string, string] => ['accent-text', ground],
  ),
  ...['success', 'warning', 'danger'].flatMap((tone): [string, string][] => [
    [`${tone}-text`, 'surface'],
    [`${tone}-text`, 'surface-chrome'],
    [`${tone}-text`, 'surface-raised'],
    [`${tone}-text`, `${tone}-soft`],
    ['text', `${tone}-soft`],
  ]),
  ['text', 'accent-soft'],
  ['on-accent', 'accent'],
  ['on-accent', 'accent-hover'],
  ['on-accent', 'accent-pressed'],
  ['on-danger', 'danger'],
]

describe.each(['light', 'dark'] as const)('%s theme', (theme) => {
  const tokens = tokensOf(theme)
  const colour = (name: string): string => tokens.get(`--${name}`) ?? 'missing'

  it.each(pairs)('%s can be read on %s', (text, ground) => {
    expect(contrast(colour(text), colour(ground))).toBeGreaterThanOrEqual(4.5)
  })

  it.each([...tokens.keys()].filter((name) => /^--(group|data)-/.test(name) && name !== '--data-7'))(
    '%s can be told from the surface',
    (name) =>
      expect(contrast(tokens.get(name) ?? '', colour('surface'))).toBeGreaterThanOrEqual(
        name.startsWith('--data') ? 2 : 3,
      ),
  )
})

it.each(['light', 'dark'] as const)('the focus ring is seen on every ground of the %s theme', (theme) => {
  const tokens = tokensOf(theme)
  for (const ground of grounds) {
    expect(contrast(tokens.get('--focus') ?? '', tokens.get(`--${ground}`) ?? '')).toBeGreaterThanOrEqual(3)
  }
})

it('both themes have the same tokens', () => {
  expect([...tokensOf('dark').keys()].sort()).toEqual([...tokensOf('light').keys()].sort())
})
