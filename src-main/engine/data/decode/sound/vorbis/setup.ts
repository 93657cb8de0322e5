import { bitLength, PacketReader } from './bits'
import { damagedSetup, readCodebook, type Codebook } from './codebook'
import { readFloor, type Floor } from './floor'
import { readResidue, type Residue } from './residue'

export interface Identification {
  readonly rate: number
  readonly channels: number
  /** The short and the long block, in samples. */
  readonly blocks: readonly [number, number]
}

/** How channels are put together: which pairs are magnitude and angle, and which floor and residue each one has. */
export interface Mapping {
  readonly couplings: readonly (readonly [magnitude: number, angle: number])[]
  readonly submaps: readonly { readonly floor: number; readonly residue: number }[]
  /** Each channel's submap. */
  readonly mux: readonly number[]
}

export interface Mode {
  readonly long: boolean
  readonly mapping: number
}

export interface Setup {
  readonly books: readonly Codebook[]
  readonly floors: readonly Floor[]
  readonly residues: readonly Residue[]
  readonly mappings: readonly Mapping[]
  readonly modes: readonly Mode[]
}

/** The first packet (Vorbis I, 4.2.2). */
export function readIdentification(packet: Uint8Array): Identification {
  const bits = afterName(packet, 1)
  const version = bits.read(32)
  const channels = bits.read(8)
  const rate = bits.read(32)
  for (let n = 0; n < 3; n++) bits.read(32)
  const [short, long] = [2 ** bits.read(4), 2 ** bits.read(4)]
  const framed = bits.flag()
  if (version !== 0 || channels === 0 || rate === 0 || !framed || bits.ended) throw damagedSetup()
  if (short < 64 || long > 8192 || short > long) throw damagedSetup()
  return { rate, channels, blocks: [short, long] }
}

/** The third packet (Vorbis I, 4.2.4), all that sound packets refer to by number. */
export function readSetup(packet: Uint8Array, channels: number): Setup {
  const bits = afterName(packet, 5)
  const books = list(bits.read(8) + 1, () => readCodebook(bits))
  // A list that is no longer in use, of zeros.
  list(bits.read(6) + 1, () => bits.read(16))
  const floors = list(bits.read(6) + 1, () => readFloor(bits, books.length))
  const residues = list(bits.read(6) + 1, () => readResidue(bits, books))
  const mappings = list(bits.read(6) + 1, () => readMapping(bits, channels, floors.length, residues.length))
  const modes = list(bits.read(6) + 1, () => readMode(bits, mappings.length))
  if (!bits.flag() || bits.ended) throw damagedSetup()
  return { books, floors, residues, mappings, modes }
}

function afterName(packet: Uint8Array, type: number): PacketReader {
  const name = Buffer.from(packet.subarray(1, 7)).toString('latin1')
  if (packet[0] !== type || name !== 'vorbis') throw damagedSetup()
  return new PacketReader(packet.subarray(7))
}

function list<T>(length: number, read: () => T): T[] {
  return Array.from({ length }, read)
}

function readMapping(bits: PacketReader, channels: number, floors: number, residues: number): Mapping {
  if (bits.read(16) !== 0) throw damagedSetup()
  const submapCount = bits.flag() ? bits.read(4) + 1 : 1
  const width = bitLength(channels - 1)
  const couplings = list(bits.flag() ? bits.read(8) + 1 : 0, () => [bits.read(width), bits.read(width)] as const)
  if (bits.read(2) !== 0) throw damagedSetup()
  const mux = list(channels, () => (submapCount > 1 ? bits.read(4) : 0))
  const submaps = list(submapCount, () => {
    bits.read(8)
    return { floor: bits.read(8), residue: bits.read(8) }
  })
  const fits =
    couplings.every(([magnitude, angle]) => magnitude !== angle && Math.max(magnitude, angle) < channels) &&
    mux.every((submap) => submap < submapCount) &&
    submaps.every(({ floor, residue }) => floor < floors && residue < residues)
  if (!fits || bits.ended) throw damagedSetup()
  return { couplings, submaps, mux }
}

function readMode(bits: PacketReader, mappings: number): Mode {
  const long = bits.flag()
  const [window, transform, mapping] = [bits.read(16), bits.read(16), bits.read(8)]
  if (window !== 0 || transform !== 0 || mapping >= mappings) throw damagedSetup()
  return { long, mapping }
}
