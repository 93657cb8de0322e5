import { describe, expect, it } from 'vitest'
import { AppError, fromReport, toReport } from '@shared/ipc/errors'
import { errorTexts, languageOf, translator } from './texts'

describe('the language of the program', () => {
  it.each([
    ['en', 'ru-RU', 'en'],
    ['ru', 'en-US', 'ru'],
    ['system', 'ru-RU', 'ru'],
    ['system', 'ru_RU.UTF-8', 'ru'],
    ['system', 'ru', 'ru'],
    ['system', 'RU', 'ru'],
    ['system', 'de-DE', 'en'],
    ['system', 'rue', 'en'],
    ['system', 'C', 'en'],
    ['system', '', 'en'],
  ] as const)('%s on %s is %s', (setting, locale, expected) => expect(languageOf(setting, locale)).toBe(expected))
})

describe('a translator', () => {
  it('gives the text of a key, filled in, and the key itself where there is none', () => {
    const [english, russian] = [translator('en'), translator('ru')]
    expect([english('menu.file'), russian('menu.file')]).toEqual(['File', 'Файл'])
    expect(russian('errors.run-live.message', { number: 7 })).toBe('Запуск 7 ещё обучается.')
    expect(russian('menu.no-such-text')).toBe('menu.no-such-text')
  })

  it('says what happened and what to do', () => {
    expect(errorTexts(new AppError('no-project'), translator('en'))).toEqual({
      message: 'No project is open.',
      hint: expect.stringContaining('File'),
    })
  })

  it('says in one language what an error says in other texts', () => {
    const layer = { key: 'layers.numbered', params: { title: { key: 'layers.dense.title', params: {} }, ordinal: 2 } }
    const error = new AppError('network-invalid', { layer, problem: { key: 'problems.no-input', params: {} } })
    expect(error.message).toBe(
      'The network cannot train. Dense (2): No wire comes in, so this layer has nothing to work on.',
    )
    expect(errorTexts(fromReport(toReport(error)), translator('ru')).message).toBe(
      'Сеть нельзя обучать. Полносвязный (2): К слою не подведён провод, ему не с чем работать.',
    )
  })
})
