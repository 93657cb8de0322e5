import { Refusal } from './contract'

type Test = (head: Uint8Array) => boolean

/** Formats of videos, which the window's browser decodes and no reader here. */
const videos: readonly (readonly [format: string, test: Test])[] = [
  ['MP4', brand(/^(isom|iso[2-9]|mp4[12]|avc1|M4V|qt {2}|3g)/)],
  ['Matroska / WebM', starts(0, '\x1a\x45\xdf\xa3')],
]

/** Formats that people have and that are not read, by what they begin with. */
const known: readonly (readonly [format: string, test: Test])[] = [
  ['HEIC', brand(/^(hei[cxms]|hev[cmxs]|mif1|msf1)/)],
  ['JPEG 2000', either(starts(0, '\0\0\0\x0cjP  '), starts(0, '\xff\x4f\xff\x51'))],
  ['JPEG XL', either(starts(0, '\xff\x0a'), starts(0, '\0\0\0\x0cJXL '))],
  ['JPEG XR', starts(0, 'II\xbc\x01')],
  ['Photoshop', starts(0, '8BPS')],
  ['OpenEXR', starts(0, '\x76\x2f\x31\x01')],
  ['Radiance HDR', starts(0, '#?RADIANCE')],
  ['DICOM', starts(128, 'DICM')],
  ['PDF', starts(0, '%PDF-')],
  ['PostScript', starts(0, '%!PS')],
  ['HDF5', starts(0, '\x89HDF\r\n\x1a\n')],
  ['MATLAB', starts(0, 'MATLAB 5.0 MAT-file')],
  ['M4A (AAC)', brand(/^M4[AB]/)],
  ['AAC', either(starts(0, '\xff\xf1'), starts(0, '\xff\xf9'))],
  ['AMR', starts(0, '#!AMR')],
  ['Core Audio', starts(0, 'caff')],
  ['MIDI', starts(0, 'MThd')],
  ['Monkey’s Audio', starts(0, 'MAC ')],
  ['Sun audio', starts(0, '.snd')],
  ['WavPack', starts(0, 'wvpk')],
  ['Windows Media', starts(0, '\x30\x26\xb2\x75\x8e\x66\xcf\x11')],
  ['AVI', (head) => starts(0, 'RIFF')(head) && starts(8, 'AVI ')(head)],
  // An archive that a person drops is opened; one within another, or an office document, is not.
  ['ZIP', starts(0, 'PK\x03\x04')],
  ['tar', starts(257, 'ustar')],
  ['RAR', starts(0, 'Rar!\x1a\x07')],
  ['bzip2', starts(0, 'BZh')],
  ['xz', starts(0, '\xfd7zXZ\0')],
  ['Zstandard', starts(0, '\x28\xb5\x2f\xfd')],
  ['7z', starts(0, '7z\xbc\xaf\x27\x1c')],
  ['SQLite', starts(0, 'SQLite format 3')],
  ['Parquet', starts(0, 'PAR1')],
]

/** Files that stand beside data and are none, as a README. */
const besides =
  /(^|[\\/])(readme|licen[cs]e|copying|authors|changelog|makefile)$|\.(txt|md|rst|html?|pdf|log|py|ipynb|m|sh|bat|js|ts|ya?ml|toml|ini|cfg|xml|url|lnk|docx?|sha256|md5)$/i

/** Why a file that no reader knows does not come in. */
export function unreadable(head: Uint8Array, name: string): Refusal {
  const video = videoFormat(head)
  const format = known.find(([, test]) => test(head))?.[0]
  if (besides.test(name)) return new Refusal('no-data', {}, 'ignored')
  if (video !== undefined) return new Refusal('video-not-read', { format: video })
  if (format !== undefined) return new Refusal('format-not-read', { format })
  return new Refusal(looksLikeText(head) ? 'is-text' : 'unknown-format')
}

/** What kind of video a file is by its first bytes; undefined for anything else. */
export function videoFormat(head: Uint8Array): string | undefined {
  return videos.find(([, test]) => test(head))?.[0]
}

/** Whether bytes are text in UTF-8, as far as one can tell from the first ones. */
export function looksLikeText(head: Uint8Array): boolean {
  if (head.some((byte) => byte < 9 || (byte > 13 && byte < 32) || byte === 127)) return false
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true })
    return true
  } catch {
    return false
  }
}

/** Whether latin-1 text stands at a position. */
export function starts(position: number, text: string): Test {
  return (head) => {
    if (head.length < position + text.length) return false
    for (let n = 0; n < text.length; n++) if (head[position + n] !== text.charCodeAt(n)) return false
    return true
  }
}

function either(...tests: readonly Test[]): Test {
  return (head) => tests.some((test) => test(head))
}

/** The main brand of a file of boxes (ISO 14496-12). */
function brand(pattern: RegExp): Test {
  return (head) => starts(4, 'ftyp')(head) && pattern.test(Buffer.from(head.subarray(8, 12)).toString('latin1'))
}
