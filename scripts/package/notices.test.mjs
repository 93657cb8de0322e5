// @ts-check
import { describe, expect, it } from 'vitest'
import { formatNotices, mergeNotices } from './notices.mjs'

/** @param {string} name @param {string} version */
const notice = (name, version) => ({ name, version, identifier: 'MIT', source: `of ${name}`, text: `Text of ${name}` })

describe('the notices of a package', () => {
  it('name each package once, in order', () => {
    const merged = mergeNotices([notice('zod', '4.1.0'), notice('immer', '11.2.10'), notice('zod', '4.1.0')])
    expect(merged.map(({ name }) => name)).toEqual(['immer', 'zod'])
  })

  it('keep two versions of one package apart', () => {
    expect(mergeNotices([notice('zod', '4.1.0'), notice('zod', '3.0.0')])).toHaveLength(2)
  })

  it('list all before their texts', () => {
    const text = formatNotices([notice('immer', '11.2.10'), notice('zod', '')])
    expect(text).toContain('- immer 11.2.10: MIT\n- zod: MIT\n')
    expect(text.indexOf('- zod: MIT')).toBeLessThan(text.indexOf('Text of immer'))
  })
})
