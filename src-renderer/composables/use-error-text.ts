import { useI18n } from 'vue-i18n'
import { toReport, type ErrorReport } from '@shared/ipc/errors'
import { spellAll } from '@shared/messages/words'

export interface ErrorText {
  /** What happened and where. */
  readonly message: string
  /** What to do. */
  readonly hint: string
}

/** Any thrown value or error report in the reader's words, by the report's code. */
export function useErrorText(): (thrown: unknown) => ErrorText {
  const { t, te } = useI18n()
  return (thrown) => {
    const { code, params, message, hint } = isReport(thrown) ? thrown : toReport(thrown)
    const key = `errors.${code}`
    const filling = spellAll(params, (text, inner = {}) => t(text, { ...inner }))
    return {
      message: te(`${key}.message`) ? t(`${key}.message`, filling) : message,
      hint: te(`${key}.hint`) ? t(`${key}.hint`, filling) : hint,
    }
  }
}

function isReport(value: unknown): value is ErrorReport {
  return (
    typeof value === 'object' &&
    value !== null &&
    'code' in value &&
    'params' in value &&
    'message' in value &&
    'hint' in value
  )
}
