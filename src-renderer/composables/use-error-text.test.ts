import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { AppError, toReport } from '@shared/ipc/errors'
import { chooseLanguage, i18n } from '@/i18n'
import { useErrorText, type ErrorText } from './use-error-text'

function textOf(thrown: unknown): ErrorText {
  let text: ErrorText = { message: '', hint: '' }
  mount({ render: () => null, setup: () => void (text = useErrorText()(thrown)) }, { global: { plugins: [i18n] } })
  return text
}

describe('useErrorText', () => {
  const error = new AppError('project-newer', { path: '/a/project.json', version: 9, known: 1 })

  it.each([
    ['en', 'was written by a newer Patchwork (format 9; this one knows 1)'],
    ['ru', '/a/project.json'],
  ] as const)('says an error and its report in %s alike', (language, part) => {
    chooseLanguage(language)
    expect(textOf(error).message).toContain(part)
    expect(textOf(toReport(error))).toEqual(textOf(error))
    expect(textOf(error).hint).not.toBe('')
  })

  it('tells of a thrown value that is no error of ours by its own words', () => {
    chooseLanguage('en')
    expect(textOf(new TypeError('x is not a function')).message).toContain('x is not a function')
    expect(textOf('just a text').message).toContain('just a text')
  })

  it('keeps the words of a code that has no text here, as one of a newer engine', () => {
    const report = { code: 'of-a-newer-version', params: {}, message: 'New trouble.', hint: 'Do this.' }
    expect(textOf(report)).toEqual({ message: 'New trouble.', hint: 'Do this.' })
  })
})
