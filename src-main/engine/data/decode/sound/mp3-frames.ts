/** What the four bytes before each frame of MPEG audio say (ISO 11172-3 and 13818-3). */
export interface FrameHeader {
  readonly layer: number
  readonly rate: number
  readonly channels: number
  /** Samples of each channel. */
  readonly samples: number
  /** Bytes of the frame, with these. */
  readonly length: number
}

/** Frames one after another in a file, without what stands before, between and after them. */
export interface Frames {
  readonly header: FrameHeader
  /** Where each frame lies. */
  readonly ranges: readonly (readonly [from: number, to: number])[]
  /** Whether the last one is not there as a whole. */
  readonly cut: boolean
  /** Bytes between frames that are no frames. */
  readonly strange: number
}

/** Rates of data in kbit/s by their code: for each layer of MPEG-1, then layer 1 and layers 2 and 3 of MPEG-2 and 2.5. */
const dataRates = {
  first: [
    [32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
    [32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
    [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  ],
  second: [
    [32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
    [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
    [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
  ],
}
const rates = [44_100, 48_000, 32_000]
/** Text that stands between tags and sound is no longer than this. */
const searchLimit = 2 ** 16

/** The header at a position, if one is there that can be. */
export function headerAt(bytes: Uint8Array, at: number): FrameHeader | undefined {
  const [first = 0, second = 0, third = 0, fourth = 0] = bytes.subarray(at, at + 4)
  if (first !== 0xff || second >> 5 !== 7) return undefined
  const version = (second >> 3) & 3
  const layer = 4 - ((second >> 1) & 3)
  const isFirst = version === 3
  const dataRate = dataRates[isFirst ? 'first' : 'second'][layer - 1]?.[(third >> 4) - 1]
  const baseRate = rates[(third >> 2) & 3]
  if (version === 1 || dataRate === undefined || baseRate === undefined) return undefined
  const rate = baseRate / (isFirst ? 1 : version === 2 ? 2 : 4)
  const samples = layer === 1 ? 384 : layer === 3 && !isFirst ? 576 : 1152
  const padding = (third >> 1) & 1
  const length =
    layer === 1
      ? (Math.floor((12_000 * dataRate) / rate) + padding) * 4
      : Math.floor((samples * 125 * dataRate) / rate) + padding
  return { layer, rate, channels: fourth >> 6 === 3 ? 1 : 2, samples, length }
}

/** Whether a frame begins here: one header may come about by chance, a second one where the first frame ends hardly. */
export function beginsFrame(bytes: Uint8Array, at: number): boolean {
  const header = headerAt(bytes, at)
  if (!header) return false
  const next = at + header.length
  return next === bytes.length || alike(header, headerAt(bytes, next)) || isTag(bytes, next)
}

/** Finds all frames; `undefined` where there are none. */
export function findFrames(bytes: Uint8Array, start: number): Frames | undefined {
  const first = nextFrame(bytes, start)
  const header = first === undefined ? undefined : headerAt(bytes, first)
  if (first === undefined || !header) return undefined
  const ranges: [number, number][] = []
  let strange = 0
  let at = first
  for (;;) {
    const found = headerAt(bytes, at)
    if (found && alike(header, found)) {
      const end = at + found.length
      if (end > bytes.length) return { header, ranges, cut: true, strange }
      ranges.push([at, end])
      at = end
      continue
    }
    const next = isTag(bytes, at) ? undefined : nextFrame(bytes, at)
    if (next === undefined) return { header, ranges, cut: false, strange }
    strange += next - at
    at = next
  }
}

function alike(one: FrameHeader, other: FrameHeader | undefined): boolean {
  return other?.layer === one.layer && other.rate === one.rate && other.channels === one.channels
}

function nextFrame(bytes: Uint8Array, start: number): number | undefined {
  const end = Math.min(bytes.length, start + searchLimit)
  for (let at = bytes.indexOf(0xff, start); at >= 0 && at < end; at = bytes.indexOf(0xff, at + 1)) {
    if (beginsFrame(bytes, at) && at + 4 <= bytes.length) return at
  }
  return undefined
}

/** Tags that stand behind the sound: ID3v1, APE and Lyrics3. */
function isTag(bytes: Uint8Array, at: number): boolean {
  return /^(TAG|APETAGEX|LYRICSBEGIN)/.test(Buffer.from(bytes.subarray(at, at + 11)).toString('latin1'))
}
