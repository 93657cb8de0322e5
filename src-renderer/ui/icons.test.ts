import { describe, expect, it } from 'vitest'
import { iconByName } from './icons'

const sources = import.meta.glob<string>(
  ['../**/*.{vue,ts}', '!../**/*.test.ts', '../../src-main/shared/{augmentation,layers,training,data}/**/*.ts'],
  { query: '?raw', import: 'default', eager: true },
)
/** `icon="play"`, `:icon="on ? 'play' : 'pause'"`, `icon: 'play'`, `<PwIcon name="play" />`. */
const places = /(:?)\bicon="([^"]+)"|\bicon: '([\w-]+)'|<PwIcon[^>]*?\s(:?)name="([^"]+)"/g

function namesIn(source: string): string[] {
  return [...source.matchAll(places)].flatMap(([, bound, attribute, property, boundName, name]) => {
    const text = attribute ?? property ?? name ?? ''
    if (!bound && !boundName) return [text]
    return [...text.matchAll(/[?:] '([\w-]+)'/g)].map(([, inner = '']) => inner)
  })
}

describe('icons', () => {
  it.each(['play', 'grid-3x3', 'trash-2', 'arrow-down-0-1', 'a-large-small'])('%s is one', (name) => {
    expect(iconByName(name)).toBeDefined()
  })

  it.each(['', 'no-such-thing', 'context', 'icons'])('%j is none', (name) => {
    expect(iconByName(name)).toBeUndefined()
  })

  const used = new Map(Object.entries(sources).flatMap(([path, source]) => namesIn(source).map((name) => [name, path])))

  it('finds the names in the sources', () => expect(used.size).toBeGreaterThan(20))

  it.each([...used])('%s, used in %s, exists', (name) => {
    expect(iconByName(name)).toBeDefined()
  })
})
