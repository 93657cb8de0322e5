import { expect, it } from 'vitest'
import { fileKindOf } from './file-kind'

const sound = { rate: 8000, length: 8000 }

it.each([
  ['pictures', { shape: [28, 28, 1] }],
  ['volumes', { shape: [28, 28, 28, 1] }],
  ['sounds', { shape: [8000, 1], sound }],
  ['sounds', { shape: [8000, 1] }],
  ['sounds', { shape: [64, 100, 1], sound }],
])('%s are what %j is made of', (kind, preprocessing) => {
  expect(fileKindOf(preprocessing)).toBe(kind)
})
