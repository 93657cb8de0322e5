import { messageOf } from '../message-of'
import { englishText } from '../messages/english'
import { spellAll, type WordParams } from '../messages/words'

/** Values that fill the placeholders of a message as they are. */
export type ErrorParams = Readonly<Record<string, string | number>>

/** What crosses a process border when a call fails. `message` and `hint` are English; a window translates by `code`. */
export interface ErrorReport {
  readonly code: string
  readonly params: WordParams
  readonly message: string
  readonly hint: string
}

/**
 * A failure that a person can act on. `code` names its texts in the message files (`errors.<code>.message` says what
 * happened and where, `errors.<code>.hint` what to do), `params` fill their placeholders.
 */
export class AppError extends Error {
  readonly code: string
  readonly params: WordParams
  readonly hint: string

  constructor(code: string, params: WordParams = {}, options?: { cause?: unknown }) {
    const words = spellAll(params, englishText)
    super(englishText(`errors.${code}.message`, words), options)
    this.name = 'AppError'
    this.code = code
    this.params = params
    this.hint = englishText(`errors.${code}.hint`, words)
  }
}

/** The report of any thrown value: an `AppError` as it is, anything else as `unexpected` with its text as detail. */
export function toReport(thrown: unknown): ErrorReport {
  const error = thrown instanceof AppError ? thrown : new AppError('unexpected', { detail: messageOf(thrown) })
  return { code: error.code, params: error.params, message: error.message, hint: error.hint }
}

/** The error that a report describes, to be thrown again on the near side of a border. */
export function fromReport(report: ErrorReport): AppError {
  return new AppError(report.code, report.params)
}
