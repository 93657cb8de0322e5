import { describe, expect, it } from 'vitest'
import { SourceFacts } from '@shared/data/source-facts'
import { sourceFacts } from './source-facts'

const numbered = (folder: string, count: number, name = (n: number) => `s${String(n).padStart(3, '0')}.png`) =>
  Array.from({ length: count }, (_, n) => `${folder}/${name(n)}`)

describe('what the names of files tell', () => {
  it('names levels, parts and the classes that either folder would give', () => {
    const facts = sourceFacts(['train/cat/1/a', 'train/dog/2/b', 'val/cat/3/c', 'Test/cat/4/d', 'Test/cat/10/e'])
    expect(SourceFacts.parse(facts)).toEqual({
      levels: [
        { folders: 3, examples: ['Test', 'train', 'val'] },
        { folders: 4, examples: ['cat', 'dog'] },
        { folders: 5, examples: ['1', '2', '3', '4', '10'] },
      ],
      parts: [
        { folder: 'train', part: 'train', files: 2 },
        { folder: 'val', part: 'validation', files: 1 },
        { folder: 'Test', part: 'test', files: 2 },
      ],
      classes: {
        nearest: { count: 5, examples: ['1', '2', '3', '4', '10'] },
        topmost: { count: 2, examples: ['cat', 'dog'] },
      },
      sliceFolders: 0,
    })
  })

  it('has little to say of files in no folder', () => {
    const none = { count: 0, examples: [] }
    const facts = { levels: [], parts: [], classes: { nearest: none, topmost: none }, sliceFolders: 0 }
    expect(sourceFacts(['a.png', 'b.png'])).toEqual(facts)
    expect(sourceFacts([])).toEqual(facts)
  })

  it.each([
    ['scans below their classes', [...numbered('ill/p1', 5), ...numbered('well/p2', 6), ...numbered('well/p3', 4)], 3],
    ['class folders of numbered pictures', [...numbered('cat', 5), ...numbered('dog', 5)], 0],
    ['folders that carry no number', [...numbered('animals/cat', 5), ...numbered('animals/dog', 5)], 0],
    ['too few pictures', [...numbered('ill/p1', 3), ...numbered('well/p2', 3)], 0],
    ['a gap in the numbers', [...numbered('ill/p1', 5), ...numbered('well/p2', 5, (n) => `${n * n}.png`)], 0],
    ['names that differ', [...numbered('ill/p1', 5), ...numbered('well/p2', 5, (n) => `${'abcde'[n]}${n}.png`)], 0],
    ['files that are no pictures', [...numbered('ill/p1', 5), ...numbered('well/p2', 5, (n) => `${n}.wav`)], 0],
  ])('takes %s for volumes or not', (_what, names, expected) => expect(sourceFacts(names).sliceFolders).toBe(expected))
})
