import { createI18n } from 'vue-i18n'
import { english, russian } from '@shared/messages/files'

export const languages = ['en', 'ru'] as const
export type Language = (typeof languages)[number]
export type LanguageChoice = 'system' | Language

/** Russian counts in three forms: `1 слой | 2 слоя | 5 слоёв`; with two forms given it is one and many. */
export function russianPlural(count: number, forms: number): number {
  const last = Math.abs(count) % 10
  const lastTwo = Math.abs(count) % 100
  const teens = lastTwo > 10 && lastTwo < 20
  if (last === 1 && !teens) return 0
  if (last >= 2 && last <= 4 && !teens) return Math.min(1, forms - 1)
  return forms - 1
}

/** The language that a choice means on this machine. */
export function languageOf(choice: LanguageChoice, preferred: readonly string[] = navigator.languages): Language {
  if (choice !== 'system') return choice
  const known = preferred.map((tag) => tag.slice(0, 2)).find((tag) => languages.some((language) => language === tag))
  return known === 'ru' ? 'ru' : 'en'
}

export const i18n = createI18n<false>({
  legacy: false,
  locale: languageOf('system'),
  fallbackLocale: 'en',
  messages: { en: english, ru: russian },
  pluralRules: { ru: russianPlural },
})

/** Shows the whole window in a language. */
export function chooseLanguage(choice: LanguageChoice): void {
  const language = languageOf(choice)
  i18n.global.locale.value = language
  document.documentElement.lang = language
}
