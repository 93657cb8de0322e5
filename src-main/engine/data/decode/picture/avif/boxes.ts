import { Refusal } from '../../contract'
import { fieldsOf } from '../../fields'

/** A box of an ISO media file (ISO 14496-12): four letters and a content, which may be boxes again. */
export interface Box {
  readonly kind: string
  readonly body: Uint8Array
}

/** The boxes in `bytes`, which is wholly made of them; of a last one that is cut off, what there is. */
export function boxesIn(bytes: Uint8Array): Box[] {
  const fields = fieldsOf(bytes, 'big')
  const boxes: Box[] = []
  for (let at = 0; at + 8 <= bytes.length;) {
    const short = fields.u32(at)
    const header = short === 1 ? 16 : 8
    // 0: to the end of the file.
    const length = short === 1 ? fields.u64(at + 8) : short === 0 ? bytes.length - at : short
    if (length < header) throw new Refusal('damaged', { detail: fields.text(at + 4, 4) })
    boxes.push({ kind: fields.text(at + 4, 4), body: bytes.subarray(at + header, at + length) })
    at += length
  }
  return boxes
}

/** The content of the first box of a kind; nothing where there is none. */
export function boxNamed(boxes: readonly Box[], kind: string): Uint8Array {
  return boxes.find((box) => box.kind === kind)?.body ?? new Uint8Array()
}
