import { describe, expect, it } from 'vitest'
import { textAt } from '@shared/messages/english'
import { english } from '@shared/messages/files'

const everySource = import.meta.glob<string>(['./**/*.ts', '!./**/*.test.ts', '!./testing/**'], {
  query: '?raw',
  import: 'default',
  eager: true,
})
const sources = Object.entries(everySource)

function using(pattern: RegExp): string[] {
  return sources.filter(([, text]) => pattern.test(text)).map(([path]) => path)
}

describe('the sources of the engine', () => {
  it('are found', () => expect(sources.length).toBeGreaterThan(30))

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
