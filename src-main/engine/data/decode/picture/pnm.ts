import { Refusal, type Reader } from '../contract'
import { readAll } from '../source-file'
import { decodeNatively } from './native'
import { checkSize, pictureOf } from './pixels'

/** Netpbm pictures, as text or as bytes: PBM, PGM, PPM and PAM. */
export const pnm: Reader = {
  name: 'pnm',
  endings: ['pnm', 'pbm', 'pgm', 'ppm', 'pam'],
  recognizes: (head) => /^P([1-6][\s#]|7\n)/.test(Buffer.from(head.subarray(0, 3)).toString('latin1')),
  async read(file, { limits }) {
    const bytes = await readAll(file, limits.bytes)
    const { width, height } = readSize(Buffer.from(bytes.subarray(0, 65_536)).toString('latin1'))
    checkSize(width, height, limits)
    return pictureOf(await decodeNatively(bytes), 'PNM')
  },
}

function readSize(text: string): { width: number; height: number } {
  const head = text.replace(/#[^\n]*/g, ' ')
  const [, width, height] = text.startsWith('P7')
    ? [undefined, /^WIDTH\s+(\d+)/m.exec(head)?.[1], /^HEIGHT\s+(\d+)/m.exec(head)?.[1]]
    : (/^P[1-6]\s+(\d+)\s+(\d+)\s/.exec(head) ?? [])
  if (width === undefined || height === undefined) throw new Refusal('damaged', { detail: text.slice(0, 2) })
  return { width: Number(width), height: Number(height) }
}
