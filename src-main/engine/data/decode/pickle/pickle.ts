import { Refusal, type Decoded, type DecodedArrays, type DecodedValues, type Reader } from '../contract'
import { plainArray } from '../array/array-values'
import { fromPlanes } from '../array/cifar'
import { readAll } from '../source-file'
import { unpickle } from './unpickle'
import { itemsOf, textOf, type PickleValue } from './values'

const named = /\.(pkl|pickle|p)$/i

/**
 * Python pickles of arrays: one array, or a dictionary of arrays and lists as CIFAR's Python batches are. Protocols 2 and
 * later say so in their first byte; the older ones are believed by their ending only.
 */
export const pickle: Reader = {
  name: 'pickle',
  recognizes: ([first, second = 255], name) => (first === 0x80 && second >= 2 && second <= 5) || named.test(name),
  read: async (file, { limits }) => toDecoded(unpickle(await readAll(file, limits.bytes), limits)),
}

function toDecoded(value: PickleValue): Decoded {
  const single = arrayIn(value)
  if (single) return single
  if (value === null || typeof value !== 'object' || value.kind !== 'dictionary') throw new Refusal('no-arrays')
  const arrays = new Map<string, DecodedValues>()
  const texts = new Map<string, readonly string[]>()
  for (const [key, entry] of value.entries) {
    const array = arrayIn(entry)
    const words = wordsIn(entry)
    if (array) arrays.set(key, array)
    else if (words) texts.set(key, words)
  }
  if (arrays.size === 0 && texts.size === 0) throw new Refusal('no-arrays')
  const notes = [...arrays.values()].flatMap((array) => array.notes)
  return asCifar({ kind: 'arrays', format: 'pickle', arrays, texts, notes })
}

/** An array, or a list of plain numbers as one. */
function arrayIn(value: PickleValue): DecodedValues | undefined {
  if (value !== null && typeof value === 'object' && value.kind === 'array') return value.content
  const numbers = itemsOf(value)?.map(Number)
  if (!numbers || numbers.length === 0 || !itemsOf(value)?.every((item) => typeof item === 'number')) return undefined
  const whole = numbers.every((number) => Number.isInteger(number) && Math.abs(number) < 2 ** 31)
  return plainArray('pickle', whole ? Int32Array.from(numbers) : Float64Array.from(numbers), [numbers.length])
}

function wordsIn(value: PickleValue): string[] | undefined {
  const items = itemsOf(value)
  if (!items || items.length === 0) return undefined
  const words = items.flatMap((item) => textOf(item) ?? [])
  return words.length === items.length ? words : undefined
}

/** CIFAR's batches keep pictures as rows of three planes; they become pictures, and the finest labels their labels. */
function asCifar(decoded: DecodedArrays): DecodedArrays {
  const { arrays } = decoded
  const data = arrays.get('data')
  const labels = arrays.get('labels') ?? arrays.get('fine_labels')
  const count = data?.shape[0] ?? 0
  if (data?.shape.length !== 2 || data.shape[1] !== 3072 || labels?.shape[0] !== count) return decoded
  if (!(data.values instanceof Uint8Array)) return decoded
  const format = arrays.has('fine_labels') ? 'CIFAR-100' : 'CIFAR-10'
  const rest = [...arrays].filter(([key]) => key !== 'data' && key !== 'labels' && key !== 'fine_labels')
  const images = plainArray(format, fromPlanes(data.values), [count, 32, 32, 3])
  return { ...decoded, format, arrays: new Map([['images', images], ['labels', labels], ...rest]) }
}
