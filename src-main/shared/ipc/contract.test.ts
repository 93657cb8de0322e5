import { describe, expect, expectTypeOf, it, vi } from 'vitest'
import { z } from 'zod'
import { app, type AppContract } from './app'
import {
  answer,
  callNames,
  defineContract,
  eventNames,
  type Client,
  type Handlers,
  type Input,
  type Output,
} from './contract'
import { engine } from './engine'
import { AppError } from './errors'

const sums = defineContract({
  calls: {
    add: { input: z.object({ one: z.number(), other: z.number() }), output: z.object({ sum: z.number() }) },
    fail: { input: z.object({ how: z.enum(['known', 'unknown', 'text']) }), output: z.object({}) },
  },
  events: { changed: z.object({ by: z.string() }) },
})

const handlers: Handlers<typeof sums> = {
  add: ({ one, other }) => ({ sum: one + other }),
  fail: ({ how }) => {
    if (how === 'known') throw new AppError('project-newer', { path: 'p', version: 3, known: 1 })
    throw how === 'text' ? 'just a text' : new Error('a bug')
  },
}

describe('answer', () => {
  it('gives what the handler returns', async () => {
    expect(await answer(sums, handlers, 'add', { one: 2, other: 3 })).toEqual({ ok: true, value: { sum: 5 } })
  })

  it.each([
    ['an unknown name', 'subtract', {}, 'unknown-call', { name: 'subtract' }],
    ['a name that every object has', 'toString', {}, 'unknown-call', { name: 'toString' }],
    ['no input', 'add', undefined, 'bad-input', { name: 'add' }],
    ['a wrong type', 'add', { one: '2', other: 3 }, 'bad-input', { name: 'add' }],
    ['an error that is meant for people', 'fail', { how: 'known' }, 'project-newer', { path: 'p', version: 3 }],
    ['a bug', 'fail', { how: 'unknown' }, 'unexpected', { detail: 'a bug' }],
    ['a thrown text', 'fail', { how: 'text' }, 'unexpected', { detail: 'just a text' }],
  ])('answers %s with an error', async (_what, name, input, code, params) => {
    const reply = await answer(sums, handlers, name, input)
    expect(reply).toMatchObject({ ok: false, error: { code, params } })
  })

  it('names the place of what is wrong', async () => {
    const reply = await answer(sums, handlers, 'add', { one: 1, other: 'x' })
    expect(reply).toMatchObject({ error: { params: { detail: expect.stringMatching(/^other: /) } } })
  })

  it('reports only what is not meant for people', async () => {
    const onUnexpected = vi.fn()
    await answer(sums, handlers, 'fail', { how: 'known' }, { onUnexpected })
    expect(onUnexpected).not.toHaveBeenCalled()
    await answer(sums, handlers, 'fail', { how: 'unknown' }, { onUnexpected })
    expect(onUnexpected).toHaveBeenCalledWith('fail', expect.objectContaining({ message: 'a bug' }))
  })

  it('checks what a handler returns where it is asked to', async () => {
    const wrong = { ...handlers, add: () => ({ sum: 'five' }) } as unknown as typeof handlers
    const input = { one: 2, other: 3 }
    expect(await answer(sums, wrong, 'add', input, { checkOutput: true })).toMatchObject({
      ok: false,
      error: { code: 'unexpected', params: { detail: expect.stringContaining('sum: ') } },
    })
    expect(await answer(sums, wrong, 'add', input)).toEqual({ ok: true, value: { sum: 'five' } })
  })
})

describe('the names of a contract', () => {
  it('are those that it declares', () => {
    expect(callNames(sums)).toEqual(['add', 'fail'])
    expect(eventNames(sums)).toEqual(['changed'])
  })

  it('are plain words, so that they can be told apart in a log', () => {
    const names = [app, engine].flatMap((contract) => [...callNames(contract), ...eventNames(contract)])
    expect(names.filter((name) => !/^[a-z][a-zA-Z]+$/.test(name))).toEqual([])
  })
})

describe('the types of a contract', () => {
  it('are inferred at both ends', () => {
    expectTypeOf<Input<typeof sums, 'add'>>().toEqualTypeOf<{ one: number; other: number }>()
    expectTypeOf<Output<typeof sums, 'add'>>().toEqualTypeOf<{ sum: number }>()
    expectTypeOf<Client<typeof sums>['add']>().returns.resolves.toEqualTypeOf<{ sum: number }>()
    expectTypeOf<Parameters<Client<AppContract>['newProject']>[0]>().toEqualTypeOf<{ name: string }>()
  })

  it('refuse a handler that is missing, of another type, or of no call', () => {
    // @ts-expect-error -- `fail` is missing
    const missing: Handlers<typeof sums> = { add: handlers.add }
    // @ts-expect-error -- `sum` is a number
    const wrong: Handlers<typeof sums> = { ...handlers, add: () => ({ sum: 'five' }) }
    // @ts-expect-error -- there is no call `more`
    const more: Handlers<typeof sums> = { add: handlers.add, fail: handlers.fail, more: () => ({}) }
    expect([missing, wrong, more].map((one) => Object.keys(one).length)).toEqual([1, 2, 3])
  })
})
