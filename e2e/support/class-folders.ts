import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { greyPng } from './png'

/** A grey picture of bars that nobody takes for another one: each has a seed of its own. */
export function barsPicture(seed: number, side: number): Buffer {
  const pixels = new Uint8Array(side * side)
  let state = seed * 2_654_435_761 + 12_345
  for (let at = 0; at < pixels.length; at++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    pixels[at] = state >>> 24
  }
  return greyPng(pixels, side, side)
}

/** A large picture that takes little space, and some milliseconds to be read. */
export function largePicture(side: number): Buffer {
  return greyPng(
    Uint8Array.from({ length: side * side }, (_value, at) => (at % side) + Math.floor(at / side)),
    side,
    side,
  )
}

/** A tone as a WAV file: 16 bits, one channel. */
export function tone(hertz: number, seconds: number, rate = 8000): Buffer {
  const frames = Math.round(seconds * rate)
  const file = Buffer.alloc(44 + frames * 2)
  file.write('RIFF', 0, 'latin1')
  file.writeUInt32LE(36 + frames * 2, 4)
  file.write('WAVEfmt ', 8, 'latin1')
  file.writeUInt32LE(16, 16)
  file.writeUInt16LE(1, 20)
  file.writeUInt16LE(1, 22)
  file.writeUInt32LE(rate, 24)
  file.writeUInt32LE(rate * 2, 28)
  file.writeUInt16LE(2, 32)
  file.writeUInt16LE(16, 34)
  file.write('data', 36, 'latin1')
  file.writeUInt32LE(frames * 2, 40)
  for (let frame = 0; frame < frames; frame++) {
    const swell = Math.sin((Math.PI * frame) / frames)
    file.writeInt16LE(Math.round(swell * 24_000 * Math.sin((2 * Math.PI * hertz * frame) / rate)), 44 + frame * 2)
  }
  return file
}

/** Writes a folder with a folder for each class: `files[class][name]` is a file's content. Returns its path. */
export function writeClassFolders(folder: string, files: Readonly<Record<string, Record<string, Buffer>>>): string {
  for (const [name, inside] of Object.entries(files)) {
    mkdirSync(join(folder, name), { recursive: true })
    for (const [file, content] of Object.entries(inside)) writeFileSync(join(folder, name, file), content)
  }
  return folder
}

/** So many files, named by their number. */
export function numbered(count: number, ending: string, content: (n: number) => Buffer): Record<string, Buffer> {
  return Object.fromEntries(
    Array.from({ length: count }, (_value, n) => [`${String(n).padStart(4, '0')}.${ending}`, content(n)]),
  )
}
