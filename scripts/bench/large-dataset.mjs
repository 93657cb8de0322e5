// @ts-check
import { randomBytes } from 'node:crypto'
import { mkdir, open, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const SIDE = 64
const CHANNELS = 3
const CLASSES = 10
const PIECE = 100

/**
 * Writes pictures of noise, 64 × 64 × 3, as a data set that Patchwork opens: more than anyone keeps in memory.
 * @param {string} folder
 * @param {number} count a whole number of hundreds
 */
export async function writeLargeDataset(folder, count) {
  await mkdir(folder, { recursive: true })
  const size = SIDE * SIDE * CHANNELS
  const samples = await open(join(folder, 'samples.npy'), 'w')
  try {
    await samples.write(npyHead('|u1', [count, SIDE, SIDE, CHANNELS]))
    // Noise costs time: pieces take theirs from different places of the same.
    const noise = randomBytes(PIECE * size * 2)
    for (let n = 0; n < count; n += PIECE) {
      const from = (n * 127) % (PIECE * size)
      await samples.write(noise.subarray(from, from + PIECE * size))
    }
  } finally {
    await samples.close()
  }
  const each = (/** @type {(n: number) => number} */ value) => Array.from({ length: count }, (_, n) => value(n))
  await writeColumn(folder, 'labels', '<u2', Uint16Array.from(each((n) => n % CLASSES)))
  await writeColumn(folder, 'parts', '|u1', Uint8Array.from(each((n) => (n % 20 === 0 ? 2 : 0))))
  await writeColumn(folder, 'flags', '<u2', new Uint16Array(count))
  await writeFile(
    join(folder, 'names.jsonl'),
    each((n) => n)
      .map((n) => `"${n}.png"\n`)
      .join(''),
  )
  await writeFile(join(folder, 'dataset.json'), JSON.stringify(manifest(count)))
}

/** @param {number} count */
function manifest(count) {
  const unknown = '0'.repeat(64)
  return {
    format: 'patchwork-dataset',
    version: 1,
    title: 'noise',
    kind: 'pictures',
    createdAt: new Date().toISOString(),
    fingerprint: { sources: unknown, making: unknown },
    making: {},
    count,
    preprocessing: { shape: [SIDE, SIDE, CHANNELS], divisor: 255 },
    classes: Array.from({ length: CLASSES }, (_, n) => String(n)),
    rate: null,
    files: { found: count, used: count, skipped: [] },
  }
}

/**
 * @param {string} folder
 * @param {string} name
 * @param {string} type
 * @param {Uint8Array | Uint16Array} values
 */
async function writeColumn(folder, name, type, values) {
  const bytes = new Uint8Array(values.buffer)
  await writeFile(join(folder, `${name}.npy`), Buffer.concat([npyHead(type, [values.length]), bytes]))
}

/**
 * The head of an .npy file as numpy writes it.
 * @param {string} type
 * @param {readonly number[]} shape
 */
function npyHead(type, shape) {
  const text = `{'descr': '${type}', 'fortran_order': False, 'shape': (${shape.join(', ')},), }`
  const length = Math.ceil((10 + text.length + 1) / 64) * 64 - 10
  const head = Buffer.alloc(10 + length, ' ')
  Buffer.from([0x93, ...Buffer.from('NUMPY'), 1, 0, length & 0xff, length >> 8]).copy(head)
  head.write(text, 10)
  head.write('\n', head.length - 1)
  return head
}
