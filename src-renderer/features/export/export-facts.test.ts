import { emptyNetwork } from '@shared/network/document'
import { templateNetwork } from '@shared/network/templates'
import { describe, expect, it } from 'vitest'
import { contentOf, totalBytes, unbroken, weightFacts } from './export-facts'

describe('the weights of a network', () => {
  it.each([
    // 5·5·20 + 20, 5·5·20·50 + 50, 800·500 + 500, 500·10 + 10
    ['lenet', 520 + 25_050 + 400_500 + 5_010],
    // 784·128 + 128, 128·10 + 10
    ['dense-only', 100_480 + 1_290],
  ])('of %s are counted, four bytes each', (template, count) => {
    const network = templateNetwork(template, { shape: [28, 28, 1], classes: 10 }) ?? emptyNetwork
    expect(weightFacts(network)).toEqual({ count, bytes: count * 4 })
  })

  it('of nothing are none', () => {
    expect(weightFacts(emptyNetwork)).toEqual({ count: 0, bytes: 0 })
  })
})

it('adds up the files', () => {
  expect(
    totalBytes({
      files: [
        { name: 'a', bytes: 3 },
        { name: 'b', bytes: 4 },
      ],
    }),
  ).toBe(7)
  expect(totalBytes({ files: [] })).toBe(0)
})

describe('what a file holds', () => {
  it.each([
    ['model.json', 'model'],
    ['saved_model.pb', 'graph'],
    ['my_saved_model.pb', null],
    ['variables/variables.data-00000-of-00001', 'weights'],
    ['variables/variables.index', 'weightsIndex'],
    ['search.index', null],
    ['weights.bin', 'weights'],
    ['group1-shard1of1.bin', 'weights'],
    ['labels.json', 'labels'],
    ['labels.txt', 'labels'],
    ['preprocessing.json', 'preprocessing'],
    ['README.txt', 'readme'],
    ['my-model.json', null],
    ['binary', null],
  ])('%s: %s', (file, content) => {
    expect(contentOf(file)).toBe(content)
  })
})

it('keeps a number in one piece', () => {
  expect(unbroken('3 × 10⁻⁶')).toBe('3\u00a0×\u00a010⁻⁶')
})
