import { Refusal, type DecodedValues, type Limits, type Reader, type SourceFile } from '../contract'
import { starts } from '../unreadable'
import { arrayOf, checkedCount } from './array-values'
import { npyHeadLimit, readNpyHeader } from './npy-header'

/** NumPy's `.npy`: one array of any numbers, of either order of axes and of bytes. */
export const npy: Reader = {
  name: 'npy',
  endings: ['npy'],
  recognizes: starts(0, '\x93NUMPY'),
  read: (file, { limits }) => readNpy(file, limits),
}

export async function readNpy(file: SourceFile, limits: Limits): Promise<DecodedValues> {
  const header = readNpyHeader(await file.read(0, npyHeadLimit))
  const count = checkedCount(header.shape, limits)
  const length = count * header.type.size
  const found = file.size - header.offset
  if (found < length) throw new Refusal('array-truncated', { expected: length, found })
  if (count === 0) throw new Refusal('empty-array')
  const bytes = await file.read(header.offset, length)
  if (bytes.length < length) throw new Refusal('changed')
  return arrayOf('NumPy', bytes, header.type, header.shape, header.fortranOrder)
}
