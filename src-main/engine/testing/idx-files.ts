import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The bytes of an IDX file. */
export function idxBytes(dimensions: readonly number[], values: Uint8Array, type = 0x08): Buffer {
  const head = Buffer.alloc(4 + 4 * dimensions.length)
  head.set([0, 0, type, dimensions.length])
  dimensions.forEach((size, axis) => head.writeUInt32BE(size, 4 + 4 * axis))
  return Buffer.concat([head, values])
}

/** A folder for one test with a function that removes it. */
export function temporaryFolder(): { path: string; write(name: string, bytes: Uint8Array): string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'patchwork-test-'))
  return {
    path,
    write(name, bytes) {
      writeFileSync(join(path, name), bytes)
      return join(path, name)
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  }
}

/** Pictures of `shape` whose values tell them apart, with labels that go round the classes. */
export function numberedSamples(count: number, shape: readonly number[], classes: number) {
  const size = shape.reduce((product, length) => product * length, 1)
  const pixels = Uint8Array.from({ length: count * size }, (_, at) => (Math.floor(at / size) * 7 + at) % 256)
  const labels = Uint8Array.from({ length: count }, (_, n) => n % classes)
  return { pixels, labels, images: idxBytes([count, ...shape], pixels), labelFile: idxBytes([count], labels) }
}
