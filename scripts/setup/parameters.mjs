// @ts-check
import { SetupError } from './errors.mjs'

/** @typedef {'cpu' | 'gpu'} Device */

/**
 * @param {string | undefined} value of `--device`
 * @returns {Device | undefined}
 */
export function readDevice(value) {
  if (value === undefined || value === 'cpu' || value === 'gpu') return value
  throw new SetupError({
    what: 'reading --device',
    why: `it says "${value}", which is not a device`,
    fix: 'give --device cpu or --device gpu, or leave it out',
  })
}

/**
 * Takes `--device VALUE` or `--device=VALUE`, which set-up reads, out of parameters that are passed on.
 * @param {readonly string[]} parameters
 * @returns {{ device: Device | undefined, rest: string[] }}
 */
export function takeDevice(parameters) {
  const rest = [...parameters]
  const index = rest.findIndex((parameter) => parameter === '--device' || parameter.startsWith('--device='))
  if (index < 0) return { device: undefined, rest }
  const [parameter = ''] = rest.splice(index, 1)
  const value = parameter === '--device' ? (rest.splice(index, 1)[0] ?? '') : parameter.slice('--device='.length)
  return { device: readDevice(value), rest }
}
