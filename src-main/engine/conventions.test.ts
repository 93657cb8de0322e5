import { describe, expect, it } from 'vitest'
import { layerKinds } from '@shared/layers/registry'
import { english } from '@shared/messages/files'
import { textAt } from '@shared/messages/english'

const everySource = import.meta.glob<string>(['./**/*.ts', '!./**/*.test.ts', '!./testing/**'], {
  query: '?raw',
  import: 'default',
  eager: true,
})
const sources = Object.entries(everySource)

const everyView = import.meta.glob<string>(
  ['../../src-renderer/**/*.{ts,vue}', '!../../**/*.test.ts', '!../../**/testing/**'],
  { query: '?raw', import: 'default', eager: true },
)
const views = Object.entries(everyView)

function using(pattern: RegExp, among = sources): string[] {
  return among.filter(([, text]) => pattern.test(text)).map(([path]) => path)
}

describe('the sources of the engine', () => {
  it('are found', () => expect(sources.length).toBeGreaterThan(30))

  it.each([...layerKinds.keys()])('do not name the kind of layer “%s”: the registry speaks for it', (kind) => {
    expect(using(new RegExp(`['"\`]${kind}['"\`]`))).toEqual([])
  })

  // An input is also an element of the page.
  it.each([...layerKinds.keys()].filter((kind) => kind !== 'input'))('and no view names “%s” either', (kind) => {
    expect(views.length).toBeGreaterThan(30)
    expect(using(new RegExp(`['"\`]${kind}['"\`]`), views)).toEqual([])
  })

  it('draw random numbers by seed only', () => {
    expect(using(/Math\.random\(/)).toEqual([])
  })

  it('load TensorFlow.js in one place', () => {
    expect(using(/@tensorflow\/tfjs-node-gpu'\)/)).toEqual(['./tf.ts'])
  })

  it('give every error texts', () => {
    const codes = sources.flatMap(([, text]) =>
      [...text.matchAll(/new AppError\(\s*'([\w-]+)'/g)].map((match) => match[1]),
    )
    expect(codes.length).toBeGreaterThan(40)
    const bare = codes.filter((code) => ['message', 'hint'].some((part) => !textAt(english, `errors.${code}.${part}`)))
    expect(bare).toEqual([])
  })
})
