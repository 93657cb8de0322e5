import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { className, FreeNames, plainFile, plainName } from './collection-names'

describe('names of classes and files', () => {
  it.each([
    ['cats', 'cats'],
    ['  two   words ', 'two words'],
    ['Кошки и собаки', 'Кошки и собаки'],
    ['👩‍👩‍👧 family', '👩‍👩‍👧 family'],
    ['../../etc/passwd', 'etc passwd'],
    ['C:\\Windows', 'C Windows'],
    ['.hidden', 'hidden'],
    ['...', ''],
    ['a\0b\nc', 'a b c'],
    ['con', '_con'],
    ['NUL.txt', '_NUL.txt'],
    ['__MACOSX', '___MACOSX'],
    ['gnp.\u202eexe', 'gnp. exe'],
    ['e\u0301', '\u00e9'],
    ['ends with a dot.', 'ends with a dot'],
  ])('%j becomes %j', (name, plain) => {
    expect(plainName(name)).toBe(plain)
  })

  it('whatever is typed, gives a name that stays in its folder and takes at most 255 bytes with a number', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 120 }), (typed) => {
        const plain = plainName(typed)
        expect(plainName(plain)).toBe(plain)
        expect(plain).not.toMatch(/[\\/\0:*?"<>|]|^\.|^ | $|\.$/)
        expect(Buffer.byteLength(new FreeNames([]).take(plain, '.webp', true))).toBeLessThanOrEqual(255)
      }),
      { numRuns: 60 },
    )
  })

  it.each([
    ['...', 'collection-class-empty'],
    ['Test', 'collection-class-part'],
    ['CATS', 'collection-class-taken'],
    ['cats/', 'collection-class-taken'],
  ])('refuses the class %j: %s', (name, code) => {
    expect(() => className(name, ['dogs', 'cats'])).toThrow(expect.objectContaining({ code }))
  })

  it.each([
    ['/a/b/Photo 1.JPG', ['Photo 1', '.jpg']],
    ['C:\\x\\scan.nii.gz', ['scan.nii', '.gz']],
    ['no ending', ['no ending', '']],
    ['.png', ['sample', '.png']],
    ['odd.thing with words', ['odd.thing with words', '']],
  ])('%j is split into %j', (path, parts) => {
    expect(plainFile(path)).toEqual(parts)
  })

  it('gives each file a name of its own', () => {
    const free = new FreeNames(['A.png', 'camera-0001.png'])
    expect([free.take('a', '.png'), free.take('a', '.png'), free.take('b', '.png')]).toEqual([
      'a-2.png',
      'a-3.png',
      'b.png',
    ])
    expect([free.take('camera', '.png', true), free.take('camera', '.wav', true)]).toEqual([
      'camera-0002.png',
      'camera-0001.wav',
    ])
  })
})
