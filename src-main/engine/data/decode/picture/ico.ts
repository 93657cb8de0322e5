import { Refusal, type Reader } from '../contract'
import { fieldsOf } from '../fields'
import { readAll } from '../source-file'
import { starts } from '../unreadable'
import { decodeNatively } from './native'
import { checkSize, frameNotes, pictureOf } from './pixels'

const entryLength = 16
const isPng = starts(0, '\x89PNG')

/** Windows icons and cursors: the largest picture inside. */
export const ico: Reader = {
  name: 'ico',
  endings: ['ico', 'cur'],
  recognizes(head, _name, size) {
    const begins = starts(0, '\0\0\x01\0')(head) || starts(0, '\0\0\x02\0')(head)
    if (!begins || head.length < 6 + entryLength) return false
    // So short a mark might be chance: the first entry must lie where one can lie.
    const fields = fieldsOf(head, 'little')
    const [count, length, position] = [fields.u16(4), fields.u32(14), fields.u32(18)]
    return count > 0 && head[9] === 0 && position >= 6 + count * entryLength && position + length <= size
  },
  async read(file, { limits }) {
    const bytes = await readAll(file, limits.bytes)
    const fields = fieldsOf(bytes, 'little')
    const count = fields.u16(4)
    for (let n = 0; n < count; n++) {
      const at = 6 + n * entryLength
      const picture = fields.bytes(fields.u32(at + 12), fields.u32(at + 8))
      const inside = fieldsOf(picture, isPng(picture) ? 'big' : 'little')
      // A bitmap inside has a mask below its picture, so that it says twice the height.
      const [width, height] = isPng(picture)
        ? [inside.u32(16), inside.u32(20)]
        : [inside.i32(4), Math.abs(inside.i32(8)) / 2]
      if (width < 0) throw new Refusal('no-pixels', { width, height })
      checkSize(width, height, limits)
    }
    return pictureOf(await decodeNatively(bytes), 'ICO', frameNotes(count))
  },
}
