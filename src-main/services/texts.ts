import { fill, textAt } from '@shared/messages/english'
import { english, russian } from '@shared/messages/files'
import type { AppError } from '@shared/ipc/errors'

export type Language = 'en' | 'ru'

/** The text of a message key in the person's language, its placeholders filled; English where a text is missing. */
export type Translate = (key: string, params?: Readonly<Record<string, string | number>>) => string

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
  return {
    message: translate(`errors.${error.code}.message`, error.params),
    hint: translate(`errors.${error.code}.hint`, error.params),
  }
}
