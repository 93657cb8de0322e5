import { layerKinds } from '@shared/layers/registry'
import { describe, expect, it } from 'vitest'
import { iconByName } from '@/ui/icons'

/** The sources that must go on to work when the registry grows: what they know of layers they ask it. */
const sources = {
  ...import.meta.glob<string>(['../../**/*.{ts,vue}', '!../../**/*.test.ts', '!../../**/testing/**'], {
    query: '?raw',
    import: 'default',
    eager: true,
  }),
  ...import.meta.glob<string>(
    [
      '../../../src-main/engine/**/*.ts',
      '!../../../src-main/engine/**/*.test.ts',
      '!../../../src-main/engine/testing/**',
    ],
    {
      query: '?raw',
      import: 'default',
      eager: true,
    },
  ),
}

const kinds = [...layerKinds.values()]
const names = kinds.map(({ kind }) => kind)
const classes = kinds.flatMap(({ tfjs, examples }) => examples.flatMap(({ values }) => tfjs(values)?.className ?? []))

/** Names that are words of the language too (`input` is an element): they count only behind the word “kind”. */
const words = names.filter((name) => /^(input|activation|add)$/.test(name))

function mentions(text: string): string[] {
  const plain = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*|<!--[\s\S]*?-->/g, '')
  return plain.split('\n').filter((line) => {
    const literals = [...line.matchAll(/(['"`])([\w-]+)\1/g)].map((match) => match[2] ?? '')
    return literals.some((literal) => {
      if (words.includes(literal)) return new RegExp(`\\bkinds?\\b.*['"\`]${literal}\\b`, 'i').test(line)
      return names.includes(literal) || (classes.includes(literal) && /className [!=]==|\bcase\b/.test(line))
    })
  })
}

describe('who reads the registry', () => {
  it('is looked at wholly', () => {
    const files = Object.keys(sources)
    expect(files.some((file) => file.includes('canvas/NetworkCanvas.vue'))).toBe(true)
    expect(files.some((file) => file.includes('src-main/engine/'))).toBe(true)
  })

  it('would be caught naming a kind', () => {
    expect(mentions("if (node.kind === 'conv2d') return 1")).toHaveLength(1)
    expect(mentions('const layer = kind === "input"')).toHaveLength(1)
    expect(mentions("if (layer.className === 'Dense') return 2")).toHaveLength(1)
    expect(mentions("emit('add', entry.kind)")).toEqual([])
    expect(mentions("document.querySelector('input')\n// as in 'conv2d'")).toEqual([])
  })

  it.each(Object.entries(sources))('names no kind of layer: %s', (_, text) => {
    expect(mentions(text)).toEqual([])
  })
})

it.each(kinds.map(({ kind, icon }) => [kind, icon]))('%s has its icon, %s', (_, icon) => {
  expect(iconByName(icon)).toBeDefined()
})
