import { describe, expect, it } from 'vitest'
import { chain } from './chain'
import { gradientProblems } from './gradient-problems'
import { tie } from './tied'
import { walk } from './walk'

const problems = (network: ReturnType<typeof chain>) => gradientProblems(network, walk(network))

describe('a layer through which no gradient goes', () => {
  it.each([
    ['behind an input', chain(['sequence-input', { shape: [20, 1] }], ['embedding'], ['conv1d'])],
    ['behind layers without weights', chain(['input'], ['max-pooling-2d'], ['flatten'], ['embedding'])],
    ['in no network', chain(['sequence-input'], ['conv1d'])],
  ])('may stand %s', (_where, network) => expect(problems(network)).toEqual([]))

  it('may not stand behind what is trained, which is named', () => {
    const network = chain(['sequence-input', { shape: [20, 1] }], ['conv1d'], ['max-pooling-1d'], ['embedding'])
    expect(problems(network)).toEqual([{ node: 'embedding-1', code: 'trained-before', params: { from: 'conv1d-1' } }])
  })

  it('may not stand behind a layer that is trained elsewhere', () => {
    const two = chain(
      ['sequence-input', { shape: [20, 4] }],
      ['conv1d', { filters: 4, padding: 'same' }],
      ['conv1d', { filters: 4, padding: 'same' }],
      ['embedding'],
    )
    expect(problems(tie(two, 'conv1d-2', 'conv1d-1'))).toHaveLength(1)
  })
})
