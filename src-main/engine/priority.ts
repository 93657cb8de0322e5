import { constants, setPriority } from 'node:os'

/**
 * Beside a window the engine's threads stand back: training takes every core, and what a person does should still be
 * answered at once. Threads inherit this from the one that makes them, so it comes before TensorFlow is loaded.
 */
if (Reflect.get(process, 'parentPort') !== undefined) {
  try {
    setPriority(constants.priority.PRIORITY_BELOW_NORMAL)
  } catch {
    // A system that does not allow it trains all the same.
  }
}
