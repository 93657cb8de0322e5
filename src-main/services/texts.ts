import { fill, textAt } from '@shared/messages/english'
import { english, russian } from '@shared/messages/files'
import type { AppError } from '@shared/ipc/errors'
import { spellAll, type Translate } from '@shared/messages/words'

export type Language = 'en' | 'ru'

export type { Translate }

/** The texts of a language; English where one is missing. */
export function translator(language: Language): Translate {
  const tree = language === 'ru' ? russian : english
  return (key, params = {}) => fill(textAt(tree, key) ?? textAt(english, key) ?? key, params)
}

/** The language that a setting asks for; `system` follows a locale such as `ru-RU` or `ru_RU.UTF-8`. */
export function languageOf(setting: 'system' | Language, locale: string): Language {
  if (setting !== 'system') return setting
  return /^ru\b|^ru_/i.test(locale) ? 'ru' : 'en'
}

/** What happened and what to do, in the person's language. */
export function errorTexts(error: AppError, translate: Translate): { message: string; hint: string } {
  const params = spellAll(error.params, translate)
  return {
    message: translate(`errors.${error.code}.message`, params),
    hint: translate(`errors.${error.code}.hint`, params),
  }
}
