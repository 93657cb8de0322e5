import { shownRange, type Preprocessing } from '@shared/data/preprocessing'
import { sizeOf } from '@shared/layers/shape'
import { makePart, type DatasetPart } from '../data/part'
import { memoryStore } from '../data/store/sample-store'
import { range, seededRandom } from '../random'

/** Samples of noise with labels by turns, in memory: enough to measure speed by. */
export function madeUpSamples(count: number, preprocessing: Preprocessing, classCount: number): DatasetPart {
  const values = count * sizeOf(preprocessing.shape)
  const buffer = preprocessing.floats ? floatNoise(values, preprocessing) : byteNoise(values)
  const labels = Uint16Array.from({ length: count }, (_, n) => n % classCount)
  return makePart(labels, memoryStore(buffer, buffer.byteLength / count), range(count), classCount)
}

function byteNoise(length: number): SharedArrayBuffer {
  const random = seededRandom(1)
  const words = new Uint32Array(Math.ceil(length / 4)).map(() => random.next())
  const buffer = new SharedArrayBuffer(length)
  new Uint8Array(buffer).set(new Uint8Array(words.buffer, 0, length))
  return buffer
}

function floatNoise(length: number, preprocessing: Preprocessing): SharedArrayBuffer {
  const random = seededRandom(1)
  const { low, high } = shownRange(preprocessing)
  const buffer = new SharedArrayBuffer(length * 4)
  const values = new Float32Array(buffer)
  for (let at = 0; at < length; at++) values[at] = low + (random.next() / 2 ** 32) * (high - low)
  return buffer
}
