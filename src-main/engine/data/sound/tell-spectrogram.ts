import { AppError } from '@shared/ipc/errors'
import { SpectrogramError } from './spectrogram-error'

/** What `make` gives; where settings of spectrograms cannot be used, a person is told what is wrong with them. */
export function tellingSpectrograms<T>(make: () => T): T {
  try {
    return make()
  } catch (thrown) {
    if (!(thrown instanceof SpectrogramError)) throw thrown
    throw new AppError(thrown.code, thrown.params, { cause: thrown })
  }
}
