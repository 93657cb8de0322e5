import { Refusal } from '../contract'
import type { BitReader } from './bits'

/** What the samples before tell of the next one, as polynomials of order 0 to 4. */
const fixedPredictors = [[], [1], [2, -1], [3, -3, 1], [4, -6, 4, -1]]

const damaged = () => new Refusal('data-damaged', { format: 'FLAC' })

/** Decodes one channel of a frame (RFC 9639, 9.2) of so many bits a sample into `plane`. */
export function readSubframe(bits: BitReader, plane: Float64Array, fullWidth: number): void {
  if (bits.unsigned(1) !== 0) throw damaged()
  const type = bits.unsigned(6)
  const wasted = bits.unsigned(1) === 1 ? bits.unary() + 1 : 0
  const width = fullWidth - wasted
  if (width < 1) throw damaged()
  if (type === 0) plane.fill(bits.signed(width))
  else if (type === 1) for (let n = 0; n < plane.length; n++) plane[n] = bits.signed(width)
  else if (type >= 8 && type <= 12) readFixed(bits, plane, width, type - 8)
  else if (type >= 32) readLinear(bits, plane, width, type - 31)
  else throw damaged()
  if (wasted > 0) for (let n = 0; n < plane.length; n++) plane[n] = (plane[n] ?? 0) * 2 ** wasted
}

function readFixed(bits: BitReader, plane: Float64Array, width: number, order: number): void {
  readWarmUp(bits, plane, width, order)
  readResidual(bits, plane, order)
  predict(plane, fixedPredictors[order] ?? [], 0)
}

function readLinear(bits: BitReader, plane: Float64Array, width: number, order: number): void {
  readWarmUp(bits, plane, width, order)
  const precision = bits.unsigned(4) + 1
  const shift = bits.signed(5)
  if (precision === 16 || shift < 0) throw damaged()
  const weights = Array.from({ length: order }, () => bits.signed(precision))
  readResidual(bits, plane, order)
  predict(plane, weights, shift)
}

function readWarmUp(bits: BitReader, plane: Float64Array, width: number, order: number): void {
  if (order > plane.length) throw damaged()
  for (let n = 0; n < order; n++) plane[n] = bits.signed(width)
}

/** What prediction has missed, in partitions with a Rice parameter each; those of all ones are plain numbers. */
function readResidual(bits: BitReader, plane: Float64Array, order: number): void {
  const method = bits.unsigned(2)
  if (method > 1) throw damaged()
  const parameterWidth = method === 0 ? 4 : 5
  const escape = 2 ** parameterWidth - 1
  const partitions = 2 ** bits.unsigned(4)
  const length = plane.length / partitions
  if (!Number.isInteger(length) || length < order) throw damaged()
  let at = order
  for (let partition = 1; partition <= partitions; partition++) {
    const end = partition * length
    const parameter = bits.unsigned(parameterWidth)
    if (parameter === escape) {
      const plainWidth = bits.unsigned(5)
      while (at < end) plane[at++] = bits.signed(plainWidth)
    } else {
      const scale = 2 ** parameter
      while (at < end) {
        const folded = bits.unary() * scale + bits.unsigned(parameter)
        plane[at++] = folded % 2 === 0 ? folded / 2 : -(folded + 1) / 2
      }
    }
  }
}

/** Adds to each residual what the samples before it tell. The sums are whole numbers below 2^53, so doubles hold them. */
function predict(plane: Float64Array, weights: readonly number[], shift: number): void {
  const scale = 2 ** shift
  const order = weights.length
  for (let n = order; n < plane.length; n++) {
    let sum = 0
    for (let back = 0; back < order; back++) sum += (weights[back] ?? 0) * (plane[n - 1 - back] ?? 0)
    plane[n] = (plane[n] ?? 0) + Math.floor(sum / scale)
  }
}
