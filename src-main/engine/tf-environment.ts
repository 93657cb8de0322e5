import util from 'node:util'

/**
 * What must stand before TensorFlow is loaded. Two functions that tfjs-node 4.22 calls are gone since Node 23
 * (tensorflow/tfjs#8609); TensorFlow itself reads its settings from the environment, where a person's own come first.
 */
const gone = {
  isNullOrUndefined: (value: unknown) => value === null || value === undefined,
  isArray: Array.isArray,
}
for (const [name, replacement] of Object.entries(gone)) {
  if (!(name in util)) Object.defineProperty(util, name, { value: replacement, configurable: true })
}

const settings = {
  // Warnings and errors only.
  TF_CPP_MIN_LOG_LEVEL: '1',
  // Else TensorFlow takes the whole memory of a graphics card for itself.
  TF_FORCE_GPU_ALLOW_GROWTH: 'true',
  // One seed is to give the same numbers on a graphics card too.
  TF_DETERMINISTIC_OPS: '1',
}
for (const [name, value] of Object.entries(settings)) process.env[name] ??= value
