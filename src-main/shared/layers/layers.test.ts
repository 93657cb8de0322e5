import { describe, expect, it } from 'vitest'
import { textAt } from '../messages/english'
import { english, russian } from '../messages/files'
import { categories } from './define'
import { initialValues, paramIssues, paramKey } from './params'
import { kindsByCategory, layerKind, layerKinds } from './registry'

const kinds = [...layerKinds.values()]
const languages = Object.entries({ english, russian })
const examples = kinds.flatMap((kind) => kind.examples.map((example) => ({ kind, example })))

it('has every file of its folder by its own name', () => {
  const files = Object.keys(import.meta.glob(['./kinds/*.ts', '!./kinds/*.test.ts']))
  expect([...layerKinds.keys()].map((name) => `./kinds/${name}.ts`).sort()).toEqual(files.sort())
})

it('does not know a kind that is not there', () => expect(layerKind('conv9d')).toBeUndefined())

it('shows each kind in one group of the palette, groups in their order', () => {
  const groups = kindsByCategory()
  expect(
    groups
      .flatMap((group) => group.kinds)
      .map(({ kind }) => kind)
      .sort(),
  ).toEqual([...layerKinds.keys()].sort())
  const order = groups.map((group) => categories.indexOf(group.category))
  expect(order).toEqual([...order].sort((one, other) => one - other))
})

it('offers the layers of pictures before those of sequences and of volumes', () => {
  const convolutions = kindsByCategory().find(({ category }) => category === 'convolution')?.kinds
  expect(convolutions?.map(({ kind }) => kind)).toEqual([
    'conv2d',
    'depthwise-conv2d',
    'locally-connected-2d',
    'separable-conv2d',
    'transposed-conv2d',
    'conv1d',
    'depthwise-conv1d',
    'locally-connected-1d',
    'separable-conv1d',
    'transposed-conv1d',
    'conv3d',
    'transposed-conv3d',
  ])
})

describe.each(kinds.map((kind) => [kind.kind, kind] as const))('%s', (name, kind) => {
  it('may be named so: ids and message keys are made of it', () => {
    expect(name).toMatch(/^[a-z][a-z0-9-]*$/)
    expect(['categories', 'common']).not.toContain(name)
  })

  it('begins with values that it allows', () =>
    expect(paramIssues(kind.params, initialValues(kind.params))).toEqual([]))

  it('completes what is missing or wrong with its first values', () => {
    const wrong = Object.fromEntries(Object.keys(kind.params).map((param) => [param, 'no such value']))
    expect(kind.complete({})).toEqual(initialValues(kind.params))
    expect(kind.complete(wrong)).toEqual(initialValues(kind.params))
  })

  it.each(languages)('is explained in %s', (_, language) => {
    const keys = [
      `layers.categories.${kind.category}`,
      ...['title', 'help', 'doc'].map((text) => `layers.${name}.${text}`),
      ...Object.entries(kind.params).flatMap(([param, entry]) => {
        const key = paramKey(`layers.${name}`, param, entry)
        const options = entry.control === 'choice' ? entry.options.map((word) => `${key}.options.${word}`) : []
        const axes = entry.control === 'size' ? entry.axes.map((axis) => `layers.common.axes.${axis}`) : []
        return [`${key}.label`, `${key}.help`, ...options, ...axes]
      }),
    ]
    expect(keys.filter((key) => !textAt(language, key))).toEqual([])
  })

  it('has two examples or more that work', () => {
    expect(kind.examples.filter(({ out }) => typeof out !== 'string').length).toBeGreaterThanOrEqual(2)
  })

  it('names an activation parameter that can be softmax, if any', () => {
    const param = kind.activation ? kind.params[kind.activation] : undefined
    if (kind.activation) expect(param?.control === 'choice' && param.options.includes('softmax')).toBe(true)
    else
      expect(
        // Settings of a layer within, `dense.activation`, are not the layer's own.
        Object.entries(kind.params).some(
          ([name, one]) => !name.includes('.') && one.control === 'choice' && one.options.includes('softmax'),
        ),
      ).toBe(false)
  })
})

describe.each(examples.map(({ kind, example }) => [kind.kind, JSON.stringify(example), kind, example] as const))(
  'example of %s: %s',
  (_name, _text, kind, example) => {
    it('sets every parameter to an allowed value, and feeds as many inputs as are wanted', () => {
      expect(paramIssues(kind.params, example.values)).toEqual([])
      expect(Object.keys(example.values).sort()).toEqual(Object.keys(kind.params).sort())
      expect(example.inputs.length).toBeGreaterThanOrEqual(kind.inputs.min)
      expect(example.inputs.length).toBeLessThanOrEqual(kind.inputs.max)
      for (const { length } of example.inputs)
        expect(kind.inputs.ranks.length === 0 || kind.inputs.ranks.includes(length)).toBe(true)
    })

    it('gives the shape, or the problem, that it says', () => {
      const result = kind.outShape(example.values, example.inputs)
      if (typeof example.out !== 'string') return expect(result).toEqual({ ok: true, shape: example.out })
      expect(result).toMatchObject({ ok: false, problem: { code: example.out } })
      for (const [, language] of languages) expect(textAt(language, `problems.${example.out}`)).toBeTruthy()
    })

    it('has the weights that it says', () => {
      const { trainable, frozen } = kind.weights(example.values, example.inputs)
      expect(trainable + frozen).toBe(example.weights)
    })

    it('needs a whole number of multiply-adds', () => {
      const macs = kind.macs(example.values, example.inputs)
      expect(Number.isInteger(macs) && macs >= 0).toBe(true)
    })

    it('takes up the shape that it can be fitted to', () => {
      if (typeof example.out === 'string' || !kind.fit) return
      const values = kind.fit(initialValues(kind.params), example.out)
      if (values)
        expect(kind.outShape({ ...example.values, ...values }, example.inputs)).toEqual({
          ok: true,
          shape: example.out,
        })
    })
  },
)
