import { Refusal, type Limits } from '../contract'
import { arrayOf, checkedCount } from '../array/array-values'
import { numberType, type NumberType } from '../array/number-type'
import { itemsOf, textOf, type PickleArray, type PickleName, type PickleValue } from './values'

/**
 * A pickle is a program that calls Python functions by name. These few are all that arrays need, and each is done here by
 * code of our own: nothing that a file names is ever looked up or run.
 */
const calls: Readonly<Record<string, (given: readonly PickleValue[], allowance: Allowance) => PickleValue>> = {
  'numpy reconstruct': () => ({ kind: 'array', content: undefined }),
  'numpy dtype': ([descriptor]) => makeType(descriptor),
  'numpy scalar': ([type, bytes], allowance) => makeArray(type, bytes, [], false, allowance),
  'numpy frombuffer': ([bytes, type, shape, order], allowance) =>
    makeArray(type, bytes, sizes(shape), textOf(order) === 'F', allowance),
  'latin1 bytes': ([text]) => encodeLatin1(text),
  'empty bytes': () => ({ kind: 'bytes', bytes: new Uint8Array() }),
}

/** The names under which Python 2 and 3 and NumPy 1 and 2 write them. */
const allowed: Readonly<Record<string, string>> = {
  'numpy.core.multiarray _reconstruct': 'numpy reconstruct',
  'numpy._core.multiarray _reconstruct': 'numpy reconstruct',
  'numpy.core.multiarray scalar': 'numpy scalar',
  'numpy._core.multiarray scalar': 'numpy scalar',
  'numpy.core.numeric _frombuffer': 'numpy frombuffer',
  'numpy._core.numeric _frombuffer': 'numpy frombuffer',
  'numpy ndarray': 'numpy ndarray',
  'numpy dtype': 'numpy dtype',
  '_codecs encode': 'latin1 bytes',
  '__builtin__ bytes': 'empty bytes',
  'builtins bytes': 'empty bytes',
}

/** What one pickle may make. All its arrays together are no larger than it is, or it makes the same ones again and again. */
export interface Allowance {
  readonly limits: Limits
  bytes: number
}

export const damagedPickle = () => new Refusal('data-damaged', { format: 'pickle' })

/** What a name of a module and of something in it stands for; anything that is not allowed is refused by name. */
export function lookUp(module: string, name: string): PickleName {
  const meaning = Object.hasOwn(allowed, `${module} ${name}`) ? allowed[`${module} ${name}`] : undefined
  if (meaning === undefined) throw new Refusal('pickle-object', { name: `${module}.${name}`.slice(0, 200) }, 'refused')
  return { kind: 'name', name: meaning }
}

/** What a call gives. */
export function call(callee: PickleValue, given: PickleValue, allowance: Allowance): PickleValue {
  const items = itemsOf(given)
  const known = callee !== null && typeof callee === 'object' && callee.kind === 'name' ? calls[callee.name] : undefined
  if (!known || !items) throw damagedPickle()
  return known(items, allowance)
}

/** Gives an array or a type what it was built with. */
export function build(target: PickleValue, state: PickleValue, allowance: Allowance): void {
  const items = itemsOf(state)
  if (target === null || typeof target !== 'object' || !items) throw damagedPickle()
  if (target.kind === 'type') {
    const order = textOf(items[1])
    target.type = { ...target.type, littleEndian: order !== '>' }
  } else if (target.kind === 'array') {
    const [, shape, type, fortran, bytes] = items
    target.content = makeArray(type, bytes, sizes(shape), fortran === true || fortran === 1, allowance).content
  } else throw damagedPickle()
}

function makeType(descriptor: PickleValue | undefined): PickleValue {
  const text = textOf(descriptor) ?? ''
  const type = numberType(text)
  if (type) return { kind: 'type', type }
  if (text.startsWith('O')) throw new Refusal('object-array', {}, 'refused')
  throw new Refusal('number-type-not-read', { type: text })
}

function makeArray(
  type: PickleValue | undefined,
  data: PickleValue | undefined,
  shape: readonly number[],
  fortranOrder: boolean,
  allowance: Allowance,
): PickleArray {
  const bytes = bytesOf(data)
  const known = typeOf(type)
  const length = checkedCount(shape, allowance.limits) * known.size
  if (bytes.length !== length) throw new Refusal('array-truncated', { expected: length, found: bytes.length })
  allowance.bytes -= length
  if (allowance.bytes < 0) throw damagedPickle()
  // The same bytes may be called for twice, and reading turns their order around.
  return { kind: 'array', content: arrayOf('pickle', bytes.slice(), known, shape, fortranOrder) }
}

function typeOf(value: PickleValue | undefined): NumberType {
  if (value !== null && typeof value === 'object' && value.kind === 'type') return value.type
  throw damagedPickle()
}

/** Bytes, which Python 2 kept as text. */
function bytesOf(value: PickleValue | undefined): Uint8Array {
  if (value !== null && typeof value === 'object' && value.kind === 'bytes') return value.bytes
  if (typeof value === 'string') return Buffer.from(value, 'latin1')
  throw damagedPickle()
}

function encodeLatin1(value: PickleValue | undefined): PickleValue {
  if (typeof value !== 'string') throw damagedPickle()
  return { kind: 'bytes', bytes: Buffer.from(value, 'latin1') }
}

function sizes(value: PickleValue | undefined): number[] {
  const items = itemsOf(value) ?? (typeof value === 'number' ? [value] : undefined)
  if (!items) throw damagedPickle()
  return items.map((size) => {
    if (typeof size !== 'number' || !Number.isInteger(size) || size < 0) throw damagedPickle()
    return size
  })
}
