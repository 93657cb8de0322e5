import type { Guess } from '@shared/ipc/look'

const shown = 5

/** The most probable classes of one sample, the best first; of equal ones the first class. */
export function bestGuesses(probabilities: Float32Array): Guess[] {
  return Array.from(probabilities, (probability, classIndex) => ({ classIndex, probability }))
    .sort((one, other) => other.probability - one.probability || one.classIndex - other.classIndex)
    .slice(0, shown)
}
