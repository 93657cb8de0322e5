import { bitLength, PacketReader } from './bits'
import { inverseMdct } from './mdct'
import { decodeResidue } from './residue'
import type { Identification, Mapping, Setup } from './setup'

/** Decodes sound packets one by one; each gives the samples from the middle of the block before to its own. */
export interface BlockDecoder {
  /** `[frames, channels]`; empty for the first packet, `undefined` for one that is no sound. */
  decode(packet: Uint8Array): Float32Array | undefined
}

interface Block {
  readonly size: number
  /** One windowed block of each channel. */
  readonly planes: readonly Float64Array[]
}

export function blockDecoder({ channels, blocks }: Identification, setup: Setup): BlockDecoder {
  const transforms = blocks.map((size) => inverseMdct(size / 2))
  const slopes = blocks.map((size) => slopeOf(size / 2))
  let before: Block | undefined

  function decode(packet: Uint8Array): Float32Array | undefined {
    const block = readBlock(packet)
    if (!block) return undefined
    const samples = before ? overlap(before, block, channels) : new Float32Array(0)
    before = block
    return samples
  }

  function readBlock(packet: Uint8Array): Block | undefined {
    const bits = new PacketReader(packet)
    if (bits.flag()) return undefined
    const mode = setup.modes[bits.read(bitLength(setup.modes.length - 1))]
    const mapping = mode && setup.mappings[mode.mapping]
    if (!mode || !mapping) return undefined
    const kind = mode.long ? 1 : 0
    const [left, right] = mode.long ? [bits.read(1), bits.read(1)] : [0, 0]
    if (bits.ended) return undefined
    const size = blocks[kind] ?? 0
    const spectra = readSpectra(bits, mapping, size / 2)
    const planes = spectra.map((spectrum) => {
      const plane = new Float64Array(size)
      if (!spectrum) return plane
      transforms[kind]?.(spectrum, plane)
      shape(plane, slopes[left] ?? [], slopes[right] ?? [])
      return plane
    })
    return { size, planes }
  }

  function readSpectra(bits: PacketReader, mapping: Mapping, length: number): (Float64Array | undefined)[] {
    const floorOf = (channel: number) => setup.floors[mapping.submaps[mapping.mux[channel] ?? 0]?.floor ?? 0]
    const heights = Array.from({ length: channels }, (_, channel) => floorOf(channel)?.decode(bits, setup.books))
    const sounding = heights.map((height) => height !== undefined)
    // Of two channels that are coupled both have a residue, if either has.
    for (const [magnitude, angle] of mapping.couplings) {
      if (sounding[magnitude] || sounding[angle]) sounding[magnitude] = sounding[angle] = true
    }
    const spectra = sounding.map((sounds) => (sounds ? new Float64Array(length) : undefined))
    for (const [submap, { residue }] of mapping.submaps.entries()) {
      const own = spectra.filter((_, channel) => mapping.mux[channel] === submap)
      const kind = setup.residues[residue]
      if (kind) decodeResidue(bits, kind, setup.books, own, length)
    }
    for (const [magnitude, angle] of mapping.couplings.slice().reverse()) decouple(spectra[magnitude], spectra[angle])
    return spectra.map((spectrum, channel) => {
      const height = heights[channel]
      if (!spectrum || !height) return undefined
      floorOf(channel)?.apply(height, spectrum)
      return spectrum
    })
  }

  return { decode }
}

/** Magnitude and angle back to two channels (Vorbis I, 4.3.5). */
function decouple(magnitudes: Float64Array | undefined, angles: Float64Array | undefined): void {
  if (!magnitudes || !angles) return
  for (let n = 0; n < magnitudes.length; n++) {
    const magnitude = magnitudes[n] ?? 0
    const angle = angles[n] ?? 0
    const towards = magnitude > 0 ? magnitude - Math.abs(angle) : magnitude + Math.abs(angle)
    magnitudes[n] = angle > 0 ? magnitude : towards
    angles[n] = angle > 0 ? towards : magnitude
  }
}

/** The rising half of the power-complementary window. */
function slopeOf(length: number): Float64Array {
  return Float64Array.from({ length }, (_, n) =>
    Math.sin((Math.PI / 2) * Math.sin((Math.PI * (n + 0.5)) / (2 * length)) ** 2),
  )
}

/** Shapes a block's ends by slopes that may be shorter than its halves: beyond them it is silent. */
function shape(plane: Float64Array, left: ArrayLike<number>, right: ArrayLike<number>): void {
  const half = plane.length / 2
  const leftStart = (half - left.length) / 2
  const rightStart = half + (half - right.length) / 2
  plane.fill(0, 0, leftStart)
  for (let n = 0; n < left.length; n++) plane[leftStart + n] = (plane[leftStart + n] ?? 0) * (left[n] ?? 0)
  for (let n = 0; n < right.length; n++) {
    plane[rightStart + n] = (plane[rightStart + n] ?? 0) * (right[right.length - 1 - n] ?? 0)
  }
  plane.fill(0, rightStart + right.length)
}

/** Adds two blocks that lie so that the last quarter of one begins where the first quarter of the other ends. */
function overlap(before: Block, block: Block, channels: number): Float32Array {
  const frames = (before.size + block.size) / 4
  const samples = new Float32Array(frames * channels)
  const shift = block.size / 4 - before.size / 4
  for (let channel = 0; channel < channels; channel++) {
    const earlier = before.planes[channel]
    const later = block.planes[channel]
    for (let frame = 0; frame < frames; frame++) {
      const inEarlier = before.size / 2 + frame
      const inLater = frame + shift
      samples[frame * channels + channel] = (earlier?.[inEarlier] ?? 0) + (later?.[inLater] ?? 0)
    }
  }
  return samples
}
