import type { DecodedValues } from '../contract'
import type { NumberType } from '../array/number-type'

/** What a pickle may hold: plain data, and NumPy's arrays. */
export type PickleValue =
  | null
  | boolean
  | number
  | string
  | PickleBytes
  | PickleList
  | PickleTuple
  | PickleDictionary
  | PickleArray
  | PickleType
  | PickleName

export interface PickleBytes {
  readonly kind: 'bytes'
  readonly bytes: Uint8Array
}

export interface PickleList {
  readonly kind: 'list'
  readonly items: PickleValue[]
}

export interface PickleTuple {
  readonly kind: 'tuple'
  readonly items: readonly PickleValue[]
}

/** Its keys as texts: those that are bytes in Latin-1, numbers in digits. */
export interface PickleDictionary {
  readonly kind: 'dictionary'
  readonly entries: Map<string, PickleValue>
}

/** An array of NumPy; empty until its state has been read. */
export interface PickleArray {
  readonly kind: 'array'
  content: DecodedValues | undefined
}

/** A number type of NumPy. */
export interface PickleType {
  readonly kind: 'type'
  type: NumberType
}

/** Something that a pickle calls by its name, from the short list of what is allowed. */
export interface PickleName {
  readonly kind: 'name'
  readonly name: string
}

/** The text of a value that is one, whether Python kept it as text or, as Python 2 did, as bytes. */
export function textOf(value: PickleValue | undefined): string | undefined {
  if (typeof value === 'string') return value
  if (value !== null && typeof value === 'object' && value.kind === 'bytes') {
    return Buffer.from(value.bytes).toString('latin1')
  }
  return undefined
}

/** The items of a list or tuple. */
export function itemsOf(value: PickleValue | undefined): readonly PickleValue[] | undefined {
  if (value === null || typeof value !== 'object') return undefined
  return value.kind === 'list' || value.kind === 'tuple' ? value.items : undefined
}
