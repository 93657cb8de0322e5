import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { appErrorOf } from '../../testing/errors'
import { temporaryFolder } from '../../testing/idx-files'
import { openNpy, readNpyColumn } from './npy-file'
import { NpyWriter } from './npy-writer'

let folder: ReturnType<typeof temporaryFolder>
beforeEach(() => (folder = temporaryFolder()))
afterEach(() => {
  vi.restoreAllMocks()
  folder.remove()
})

const path = () => join(folder.path, 'it.npy')

/** Lets the disk take so many bytes and then be full, as the system says it: part of the last piece is written. */
async function fillDiskAfter(room: number): Promise<void> {
  const handle = await open(join(folder.path, 'probe'), 'w')
  const prototype = Object.getPrototypeOf(handle)
  await handle.close()
  const write = prototype.write
  let left = room
  vi.spyOn(prototype, 'write').mockImplementation(async function (this: unknown, ...given: unknown[]) {
    const [bytes, offset, length, position] = given as [Uint8Array, number, number, number]
    if (left === 0) throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })
    const taken = Math.min(length, left)
    left -= taken
    return write.call(this, bytes, offset, taken, position)
  })
}

describe('an array that is written', () => {
  it.each([
    ['bytes, row by row', 'uint8', [2, 3], (n: number) => Uint8Array.from({ length: 6 }, (_, at) => n * 6 + at), 300],
    ['floats', 'float32', [5], (n: number) => Float32Array.from({ length: 5 }, (_, at) => n / (at + 1)), 100],
    ['a number each', 'uint16', [], (n: number) => Uint16Array.of(n * 300), 50],
    ['large rows', 'uint8', [700_000], (n: number) => new Uint8Array(700_000).fill(n), 5],
  ] as const)('%s', async (_what, type, rowShape, row, count) => {
    const writer = await NpyWriter.create(path(), type, rowShape)
    const expected = createHash('sha256')
    for (let n = 0; n < count; n++) {
      const values = row(n)
      await writer.append(values)
      expected.update(new Uint8Array(values.buffer))
      // The writer must have taken what it needs.
      values.fill(0)
    }
    expect(readdirSync(folder.path).every((name) => name.endsWith('.tmp'))).toBe(true)
    expect(await writer.finish()).toBe(count)
    expect(readdirSync(folder.path)).toEqual(['it.npy'])
    const file = await openNpy(path())
    expect(file).toMatchObject({ type, shape: [count, ...rowShape] })
    expect(createHash('sha256').update(readFileSync(path()).subarray(file.offset)).digest('hex')).toBe(
      expected.digest('hex'),
    )
  })

  it('takes the place of an older one only when it is whole', async () => {
    writeFileSync(path(), 'older')
    const writer = await NpyWriter.create(path(), 'uint8', [2])
    await writer.append(Uint8Array.of(1, 2))
    expect(readFileSync(path(), 'utf8')).toBe('older')
    await writer.finish()
    expect([...(await readNpyColumn(await openNpy(path())))]).toEqual([1, 2])
  })

  it('leaves nothing when it is given up', async () => {
    const writer = await NpyWriter.create(path(), 'uint8', [2])
    await writer.append(Uint8Array.of(1, 2))
    await writer.discard()
    expect(readdirSync(folder.path)).toEqual([])
  })

  it('takes whole rows of its type only', async () => {
    const writer = await NpyWriter.create(path(), 'float32', [2])
    expect(() => writer.append(Float32Array.of(1, 2, 3))).toThrow(RangeError)
    expect(() => writer.append(Uint8Array.of(1, 2))).toThrow(RangeError)
    await writer.discard()
  })

  it('goes on from a row, whatever was written behind it, and ends the same', async () => {
    const rows = Array.from({ length: 40 }, (_, n) => Float32Array.of(n, n / 3, -n))
    const write = async (writer: NpyWriter, from: number, to: number) => {
      for (const row of rows.slice(from, to)) await writer.append(row)
    }
    const begun = await NpyWriter.create(path(), 'float32', [3])
    await write(begun, 0, 25)
    await begun.flush()
    await begun.close()
    const second = await NpyWriter.resume(path(), 'float32', [3], 11)
    const read = new Float32Array(6)
    await second.read(9, 2, read)
    expect(read).toEqual(Float32Array.of(9, 3, -9, 10, Math.fround(10 / 3), -10))
    await write(second, 11, 30)
    await second.finish()
    // One that was finished before the others of its set is taken up again.
    const third = await NpyWriter.resume(path(), 'float32', [3], 20)
    await write(third, 20, 40)
    await third.finish()
    const resumed = readFileSync(path())
    const whole = await NpyWriter.create(path(), 'float32', [3])
    await write(whole, 0, 40)
    await whole.finish()
    expect(resumed.equals(readFileSync(path()))).toBe(true)
    expect((await appErrorOf(NpyWriter.resume(path(), 'float32', [3], 41))).code).toBe('write-failed')
  })

  it.each([
    ['in the middle', 3_000_000],
    ['at the last bytes', 10 * 400_000 - 1],
    ['at the head, which comes last', 10 * 400_000 + 10],
  ])('on a disk that is full %s is one clear error, and nothing is left of it', async (_when, room) => {
    writeFileSync(path(), 'older')
    const writer = await NpyWriter.create(path(), 'uint8', [400_000])
    await fillDiskAfter(room)
    const fill = async () => {
      for (let n = 0; n < 10; n++) await writer.append(new Uint8Array(400_000))
      await writer.finish()
    }
    expect(await appErrorOf(fill())).toMatchObject({ code: 'disk-full', params: { path: path() } })
    await writer.discard()
    expect(readdirSync(folder.path).sort()).toEqual(['it.npy', 'probe'])
    expect(readFileSync(path(), 'utf8')).toBe('older')
  })

  it('is put on disk as it grows, piece by piece, and is no array where the disk loses one of them', async () => {
    const writer = await NpyWriter.create(path(), 'uint8', [2 ** 20])
    const handle = await open(join(folder.path, 'probe'), 'w')
    const prototype = Object.getPrototypeOf(handle)
    await handle.close()
    const begun: (() => void)[] = []
    const lost = Object.assign(new Error('EIO: i/o error, fdatasync'), { code: 'EIO' })
    const datasync = vi.spyOn(prototype, 'datasync')
    datasync.mockImplementation(() => new Promise((_, reject) => begun.push(() => reject(lost))))
    for (let n = 0; n < 50; n++) await writer.append(new Uint8Array(2 ** 20))
    expect(datasync).toHaveBeenCalledTimes(1)
    datasync.mockResolvedValue(undefined)
    begun[0]?.()
    expect(await appErrorOf(writer.finish())).toMatchObject({ code: 'write-failed', params: { path: path() } })
    expect(datasync).toHaveBeenCalledTimes(2)
    await writer.discard()
    expect(readdirSync(folder.path)).toEqual(['probe'])
  })

  it('in a folder that is not there is refused', async () => {
    const error = await appErrorOf(NpyWriter.create(join(folder.path, 'no', 'it.npy'), 'uint8', []))
    expect(error).toMatchObject({ code: 'write-failed' })
  })
})

describe('an array that is opened', () => {
  async function five(): Promise<void> {
    const writer = await NpyWriter.create(path(), 'uint16', [])
    await writer.append(Uint16Array.of(1, 2, 3, 4, 500))
    await writer.finish()
  }

  it('gives its values', async () => {
    await five()
    expect([...(await readNpyColumn(await openNpy(path())))]).toEqual([1, 2, 3, 4, 500])
  })

  it('is refused if it is missing, cut, too long, or changed since', async () => {
    expect(await appErrorOf(openNpy(path()))).toMatchObject({ code: 'file-missing', params: { file: path() } })
    await five()
    const file = await openNpy(path())
    const whole = readFileSync(path())
    truncateSync(path(), whole.length - 1)
    const params = { file: path(), expected: 10, found: 9 }
    expect(await appErrorOf(openNpy(path()))).toMatchObject({ code: 'npy-truncated', params })
    expect(await appErrorOf(readNpyColumn(file))).toMatchObject({ code: 'file-changed' })
    writeFileSync(path(), Buffer.concat([whole, Buffer.of(0)]))
    expect(await appErrorOf(openNpy(path()))).toMatchObject({ code: 'npy-too-long', params: { ...params, found: 11 } })
  })
})
