import { describe, expect, it } from 'vitest'
import { fill, textAt, type MessageTree } from './english'
import { english, russian } from './files'

/** Every text of a language by its dotted key. */
function flatten(tree: MessageTree, prefix = ''): Map<string, string> {
  return new Map(
    Object.entries(tree).flatMap(([key, value]): [string, string][] =>
      typeof value === 'string' ? [[prefix + key, value]] : [...flatten(value, `${prefix}${key}.`)],
    ),
  )
}

const texts = { en: flatten(english), ru: flatten(russian) }

/** `{name}` of vue-i18n, without the literals `{'@'}`. */
function placeholders(text: string): string[] {
  return [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name))].sort()
}

/** Areas whose texts are also filled without vue-i18n, and so may use nothing of it but names. */
const plainAreas = ['errors', 'problems', 'layers', 'menu', 'cli', 'templates', 'decode', 'probe', 'import']

describe('message files', () => {
  it('have the same keys in both languages', () => {
    expect([...texts.ru.keys()].sort()).toEqual([...texts.en.keys()].sort())
  })

  it('have the same placeholders in both languages', () => {
    const differing = [...texts.en].filter(
      ([key, text]) => placeholders(text).join() !== placeholders(texts.ru.get(key) ?? '').join(),
    )
    expect(differing.map(([key]) => key)).toEqual([])
  })

  describe.each(['en', 'ru'] as const)('%s', (language) => {
    const all = [...texts[language]]

    it('has no empty text', () => expect(all.filter(([, text]) => text.trim() === '')).toEqual([]))

    it('has no markup', () => expect(all.filter(([, text]) => /<\/?[a-z]/i.test(text))).toEqual([]))

    it('escapes what vue-i18n would read as its own', () => {
      const plain = all.map(([key, text]) => [key, text.replace(/\{(\w+|'[^']*')\}/g, '')] as const)
      expect(plain.filter(([, text]) => /[@{}]/.test(text))).toEqual([])
    })

    it('has no plural forms where texts are filled without vue-i18n', () => {
      const areas = all.filter(([key]) => plainAreas.includes(key.split('.')[0] ?? ''))
      expect(areas.filter(([, text]) => text.includes('|') || text.includes("{'"))).toEqual([])
    })

    it('has as many plural forms as the language counts in', () => {
      const forms = language === 'ru' ? [3] : [2, 3]
      const plurals = all.filter(([, text]) => text.includes(' | '))
      expect(plurals.filter(([, text]) => !forms.includes(text.split(' | ').length))).toEqual([])
    })
  })

  it('says Russian in Cyrillic, but for names and signs', () => {
    const same = [...texts.ru].filter(([key, text]) => text === texts.en.get(key) && /[a-z]{4,} [a-z]{4,}/.test(text))
    expect(same).toEqual([])
  })
})

describe('keys used in the sources', () => {
  const sources = import.meta.glob<string>(
    ['../../../src-renderer/**/*.{vue,ts}', '../../**/*.ts', '!../../../**/*.test.ts', '!../../../**/testing/**'],
    { query: '?raw', import: 'default', eager: true },
  )
  const areas = Object.keys(english).join('|')
  /** A whole text that looks like a key of one of the areas, but for names in the layout store: `'data.empty.title'`. */
  const literal = new RegExp(`(?<!\\b(?:number|flag|word)\\()['\`]((?:${areas})\\.[\\w.-]*[\\w-])['\`]`, 'g')
  /** The beginning of a key that goes on with a value: `` `look.tabs.${value}` ``. */
  const template = new RegExp(`\`((?:${areas})\\.(?:[\\w-]+\\.)*)\\$\\{`, 'g')

  function found(pattern: RegExp): { key: string; path: string }[] {
    return Object.entries(sources).flatMap(([path, source]) =>
      [...source.matchAll(pattern)].map(([, key = '']) => ({ key, path })),
    )
  }

  it('are found at all', () => expect(found(literal).length).toBeGreaterThan(100))

  it('exist, where they are written in full', () => {
    const files = /\.(jsonl?|md|ts|js|mjs|csv|npy|zip)$/
    expect(found(literal).filter(({ key }) => !texts.en.has(key) && !isTree(key) && !files.test(key))).toEqual([])
  })

  it('have something under them, where they are made of pieces', () => {
    expect(found(template).filter(({ key }) => !isTree(key.replace(/\.$/, '')))).toEqual([])
  })

  function isTree(key: string): boolean {
    return [...texts.en.keys()].some((known) => known.startsWith(`${key}.`))
  }
})

describe('reading a text', () => {
  it.each([
    ['ui.close', 'Close'],
    ['ui.nothing', undefined],
    ['ui', undefined],
    ['ui.close.more', undefined],
  ])('%s', (key, text) => expect(textAt(english, key)).toBe(text))

  it.each([
    ['{a} of {b}', { a: 1, b: 'two' }, '1 of two'],
    ['{a} of {b}', { a: 1 }, '1 of {b}'],
    ['{a} and {a}', { a: 0 }, '0 and 0'],
  ])('%j filled with %o', (text, params, expected) => expect(fill(text, params)).toBe(expected))
})
