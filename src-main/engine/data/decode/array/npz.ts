import { Refusal, type DecodedValues, type Reader } from '../contract'
import { entriesOf } from '../archive/zip'
import { starts } from '../unreadable'
import { readNpy } from './npy'

/** NumPy's `.npz`: a zip archive of `.npy` arrays. It is known by its first entry, whatever it is called. */
export const npz: Reader = {
  name: 'npz',
  endings: ['npz'],
  recognizes: (head, name) =>
    starts(0, 'PK\x03\x04')(head) && (/\.npz$/i.test(name) || /\.npy$/i.test(firstName(head))),
  read: async (file, { limits }) => {
    const arrays = new Map<string, DecodedValues>()
    let room = limits.values
    for await (const entry of entriesOf(file)) {
      if (!/\.npy$/i.test(entry.name)) continue
      const array = await readNpy(await entry.open(limits.bytes), { ...limits, values: room })
      room -= array.values.length
      arrays.set(entry.name.replace(/\.npy$/i, ''), array)
    }
    if (arrays.size === 0) throw new Refusal('empty-array')
    const notes = [...arrays.values()].flatMap((array) => array.notes)
    return { kind: 'arrays', format: 'NumPy archive', arrays, texts: new Map(), notes }
  },
}

function firstName(head: Uint8Array): string {
  const length = (head[26] ?? 0) + 256 * (head[27] ?? 0)
  return Buffer.from(head.subarray(30, 30 + length)).toString('latin1')
}
