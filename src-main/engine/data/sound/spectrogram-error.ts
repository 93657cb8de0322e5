import type { ErrorParams } from '@shared/ipc/errors'

/**
 * Says why settings of spectrograms cannot be used, by the code and the params of an `AppError`. It is none itself, since
 * those bring the texts of all messages with them, which threads that make samples start much faster without.
 */
export class SpectrogramError extends Error {
  constructor(
    readonly code: string,
    readonly params: ErrorParams,
  ) {
    super(`${code} ${JSON.stringify(params)}`)
  }
}
