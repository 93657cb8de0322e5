import { gridColumns, gridRows, type Print } from './prints'

/** Hashes this near (of 64 bits) are of pictures that look alike. */
const nearBits = 2

/** Cells of the grid may differ by this on average (of 255): plain pictures, as digits on black, share hashes by chance. */
const nearBrightness = 4

/** All pairs of four bands: two hashes at most two bits apart agree in both bands of one at least. */
const pairs = [
  [0, 1],
  [0, 2],
  [0, 3],
  [1, 2],
  [1, 3],
  [2, 3],
] as const

/** For each set of bands in which two hashes differ, a bit for each, the first pair in which they agree, or -1. */
const firstShared = Int8Array.from({ length: 16 }, (_, apart) =>
  pairs.findIndex(([one, other]) => (apart & ((1 << one) | (1 << other))) === 0),
)

/** Pictures that there is room for at first, a power of two; it doubles. */
const usualRoom = 2 ** 10

/**
 * Finds pictures that look like an earlier one by the mean colours of their cells (`Print.cells`): their difference hashes
 * (Krawetz 2013: whether brightness rises from one cell of a 9 × 8 grid to the next) are at most two of 64 bits apart, and
 * their cells are nearly the same. It takes some 250 bytes for each picture.
 */
export class LookAlikes {
  readonly #channels: number
  readonly #perPicture: number
  #count = 0
  #cells: Uint8Array
  #upper: Int32Array
  #lower: Int32Array
  /** Of each pair of bands, by what a hash has there, the picture that came last, and the one before each; 0: none. */
  #last: Int32Array
  #before: Int32Array

  constructor(channels: number, room = usualRoom) {
    this.#channels = channels
    this.#perPicture = gridRows * gridColumns * channels
    this.#cells = new Uint8Array(room * this.#perPicture)
    this.#upper = new Int32Array(room)
    this.#lower = new Int32Array(room)
    this.#last = new Int32Array(2 * room * pairs.length)
    this.#before = new Int32Array(room * pairs.length)
  }

  /** Takes a picture in and gives the number of an earlier one that looks like it, counted from 0, or -1. */
  add(cells: Uint8Array): number {
    if (this.#count === this.#upper.length) this.#grow()
    const own = this.#count
    this.#count += 1
    this.#cells.set(cells, own * this.#perPicture)
    this.#upper[own] = hashOfRows(cells, 0, gridRows / 2, this.#channels)
    this.#lower[own] = hashOfRows(cells, gridRows / 2, gridRows, this.#channels)
    const found = this.#find(own)
    this.#list(own)
    return found
  }

  #find(own: number): number {
    const upper = this.#upper[own] ?? 0
    const lower = this.#lower[own] ?? 0
    for (let pair = 0; pair < pairs.length; pair++) {
      let other = this.#last[this.#placeOf(upper, lower, pair)] ?? 0
      for (; other > 0; other = this.#before[(other - 1) * pairs.length + pair] ?? 0) {
        const above = upper ^ (this.#upper[other - 1] ?? 0)
        const below = lower ^ (this.#lower[other - 1] ?? 0)
        if (bits(above) + bits(below) > nearBits) continue
        // Of all the pairs that two share one is enough to look at.
        if (firstShared[bandsIn(above | below)] === pair && this.#cellsAgree(own, other - 1)) return other - 1
      }
    }
    return -1
  }

  #cellsAgree(one: number, other: number): boolean {
    const length = this.#perPicture
    return agree(this.#cells, one * length, this.#cells, other * length, length)
  }

  #list(own: number): void {
    for (let pair = 0; pair < pairs.length; pair++) {
      const place = this.#placeOf(this.#upper[own] ?? 0, this.#lower[own] ?? 0, pair)
      this.#before[own * pairs.length + pair] = this.#last[place] ?? 0
      this.#last[place] = own + 1
    }
  }

  /** Where the pictures are listed that have what a hash has in a pair of bands; some others may be listed there too. */
  #placeOf(upper: number, lower: number, pair: number): number {
    const [one, other] = pairs[pair] ?? pairs[0]
    const half = bandOf(upper, lower, one) | (bandOf(upper, lower, other) << 2)
    const mixed = Math.imul(half ^ (half >>> 15), 0x2c1b3c6d)
    return (((mixed ^ (mixed >>> 16)) & (this.#last.length / pairs.length - 1)) >>> 0) * pairs.length + pair
  }

  #grow(): void {
    const room = 2 * this.#upper.length
    this.#cells = grown(this.#cells, new Uint8Array(room * this.#perPicture))
    this.#upper = grown(this.#upper, new Int32Array(room))
    this.#lower = grown(this.#lower, new Int32Array(room))
    this.#last = new Int32Array(2 * room * pairs.length)
    this.#before = new Int32Array(room * pairs.length)
    for (let own = 0; own < this.#count; own++) this.#list(own)
  }
}

/** Whether two pictures look alike, by their prints. */
export function looksLike({ cells: one }: Print, { cells: other }: Print, channels: number): boolean {
  const half = gridRows / 2
  const above = hashOfRows(one, 0, half, channels) ^ hashOfRows(other, 0, half, channels)
  const below = hashOfRows(one, half, gridRows, channels) ^ hashOfRows(other, half, gridRows, channels)
  return bits(above) + bits(below) <= nearBits && agree(one, 0, other, 0, one.length)
}

/** Whether cells of two pictures, from two places on, differ by no more than `nearBrightness` on average. */
function agree(one: Uint8Array, oneFrom: number, other: Uint8Array, otherFrom: number, length: number): boolean {
  const most = nearBrightness * length
  let sum = 0
  for (let n = 0; n < length && sum <= most; n++) {
    sum += Math.abs((one[oneFrom + n] ?? 0) - (other[otherFrom + n] ?? 0))
  }
  return sum <= most
}

function grown<Values extends Uint8Array | Int32Array>(values: Values, larger: Values): Values {
  larger.set(values)
  return larger
}

/** The difference hash of four rows of cells. */
function hashOfRows(cells: Uint8Array, from: number, to: number, channels: number): number {
  let hash = 0
  for (let row = from, cell = from * gridColumns; row < to; row++) {
    let before = brightness(cells, cell++, channels)
    for (let column = 1; column < gridColumns; column++) {
      const here = brightness(cells, cell++, channels)
      hash = (hash << 1) | (here > before ? 1 : 0)
      before = here
    }
  }
  return hash
}

function brightness(cells: Uint8Array, cell: number, channels: number): number {
  let sum = 0
  for (let channel = 0; channel < channels; channel++) sum += cells[cell * channels + channel] ?? 0
  return sum
}

/** A band of a hash has the bits of every fourth column: some from all over the picture, whose sides are often plain. */
function bandOf(upper: number, lower: number, band: number): number {
  return ((upper >>> band) & 0x11111111) | (((lower >>> band) & 0x11111111) << 1)
}

/** The bands that bits of a hash lie in, a bit for each. */
function bandsIn(bits: number): number {
  const halved = bits | (bits >>> 16)
  const quartered = halved | (halved >>> 8)
  return (quartered | (quartered >>> 4)) & 15
}

/** How many bits of 32 are set: counted in pairs, fours and eights, which are then summed up. */
function bits(word: number): number {
  const two = word - ((word >>> 1) & 0x55555555)
  const four = (two & 0x33333333) + ((two >>> 2) & 0x33333333)
  return Math.imul((four + (four >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}
