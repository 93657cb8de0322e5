/** What the text at the head of an `.npy` file says: a Python dictionary of three entries. */
export interface NpyDictionary {
  /** The numbers' type as NumPy names it; `undefined` for records of named fields. */
  readonly descriptor: string | undefined
  readonly fortranOrder: boolean
  readonly shape: readonly number[]
}

/** Why a text is no such dictionary. */
export class NpyTextError extends Error {}

/** The entries in any order, as `repr` of a Python dictionary writes them (Python 2 with an `L` behind sizes). */
const entry = /^\s*(?:'(\w+)'|"(\w+)")\s*:\s*('[^'\\]*'|"[^"\\]*"|True|False|\([\d\sL,]*\)|\[)/
const mostAxes = 32

/** Reads the dictionary, entry by entry and without evaluating anything; throws a `NpyTextError`. */
export function readNpyDictionary(text: string): NpyDictionary {
  const found = readEntries(text)
  // Where a list names the fields of a record, nothing of the rest matters.
  if (found.get('descr') === '[') return { descriptor: undefined, fortranOrder: false, shape: [] }
  const [type = '', order = '', sizes = ''] = ['descr', 'fortran_order', 'shape'].map((name) => {
    const value = found.get(name)
    if (value === undefined) throw new NpyTextError(`${name} is missing`)
    return value
  })
  if (found.size > 3) throw new NpyTextError(`it has ${found.size} entries instead of 3`)
  if (!/^['"]/.test(type)) throw new NpyTextError(`descr is ${type}`)
  if (order !== 'True' && order !== 'False') throw new NpyTextError(`fortran_order is ${order}`)
  return { descriptor: type.slice(1, -1), fortranOrder: order === 'True', shape: readSizes(sizes) }
}

function readEntries(text: string): Map<string, string> {
  const found = new Map<string, string>()
  let rest = text.trim()
  if (!rest.startsWith('{') || !rest.endsWith('}')) throw new NpyTextError('its header is no dictionary')
  rest = rest.slice(1, -1)
  while (rest.trim() !== '') {
    const match = entry.exec(rest)
    const name = match?.[1] ?? match?.[2]
    const value = match?.[3]
    if (!match || name === undefined || value === undefined) throw new NpyTextError(`“${rest.trim().slice(0, 40)}”`)
    if (found.has(name)) throw new NpyTextError(`${name} is there twice`)
    found.set(name, value)
    if (value === '[') return found
    rest = rest.slice(match[0].length).trimStart()
    if (rest.startsWith(',')) rest = rest.slice(1)
    else if (rest !== '') throw new NpyTextError(`“${rest.slice(0, 40)}”`)
  }
  return found
}

function readSizes(tuple: string): number[] {
  if (!tuple.startsWith('(')) throw new NpyTextError(`shape is ${tuple}`)
  const inside = tuple.slice(1, -1).trim()
  const parts = inside === '' ? [] : inside.replace(/,\s*$/, '').split(',')
  // `(3)` is a number in Python, not a tuple.
  const tupleOfOne = parts.length !== 1 || inside.endsWith(',')
  if (!tupleOfOne || parts.some((part) => !/^\s*\d{1,15}L?\s*$/.test(part))) {
    throw new NpyTextError(`shape is ${tuple}`)
  }
  if (parts.length > mostAxes) throw new NpyTextError(`it has ${parts.length} axes`)
  return parts.map((part) => Number.parseInt(part, 10))
}
