import { describe, expect, it } from 'vitest'
import { search } from './search'

const items = [
  { title: 'Undo', keywords: 'Edit' },
  { title: 'Convolution 2-D', keywords: 'Add layer conv2d' },
  { title: 'Dense', keywords: 'Add layer dense' },
  { title: 'Save project as…', keywords: 'Project' },
  { title: 'Свёртка 2-D', keywords: 'Добавить слой Convolution 2-D' },
  { title: 'Start training', keywords: 'Run' },
]

describe('search', () => {
  it.each([
    ['undo', ['Undo']],
    ['DENSE', ['Dense']],
    ['conv', ['Convolution 2-D', 'Свёртка 2-D']],
    ['свертка', ['Свёртка 2-D']],
    ['project', ['Save project as…']],
    ['as', ['Save project as…']],
    ['add layer', ['Convolution 2-D', 'Dense']],
    ['layer den', ['Dense']],
    ['cnvl', ['Convolution 2-D']],
    ['2-d', ['Convolution 2-D', 'Свёртка 2-D']],
    ['nothing like it', []],
    ['z', []],
  ])('%j finds %j', (query, titles) => {
    expect(search(items, query).map((item) => item.title)).toEqual(titles)
  })

  it.each(['', '  '])('keeps all for %j', (query) => expect(search(items, query)).toEqual(items))

  it('puts a title that begins with the query before one that holds it', () => {
    const two = [
      { title: 'Restart', keywords: '' },
      { title: 'Start', keywords: '' },
    ]
    expect(search(two, 'start').map((item) => item.title)).toEqual(['Start', 'Restart'])
  })
})
