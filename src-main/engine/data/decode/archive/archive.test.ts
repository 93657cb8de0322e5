import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../../random'
import { paxRecord, tarFile, zipFile, type ZipEntry } from '../../../testing/archives'
import { Refusal } from '../contract'
import { decodeFile } from '../decode-file'
import { bytesFile } from '../source-file'
import { crc32 } from './crc32'
import { archiveKind, readArchive, usualArchiveLimits, type ArchiveLimits } from './archive'

/** What comes of each entry: its text, or why it has none. */
async function contents(bytes: Uint8Array, limits?: Partial<ArchiveLimits>, limit = 1e6): Promise<[string, string][]> {
  const kind = archiveKind(bytes.subarray(0, 4096))
  if (!kind) throw new Error('no archive')
  const found: [string, string][] = []
  for await (const { name, entry, refusal } of readArchive(bytesFile('a', bytes), kind, {
    ...usualArchiveLimits,
    ...limits,
  })) {
    try {
      if (refusal) throw refusal
      const file = await entry.open(limit)
      expect(file.name).toBe(name)
      found.push([name, Buffer.from(await file.read(0, file.size)).toString('latin1')])
    } catch (thrown) {
      found.push([name, thrown instanceof Refusal ? `${thrown.outcome}: ${thrown.code}` : String(thrown)])
    }
  }
  return found
}

async function refusalOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'none',
    (thrown: unknown) => (thrown instanceof Refusal ? `${thrown.outcome}: ${thrown.code}` : String(thrown)),
  )
}

/** Bytes that cannot be packed. */
function noise(length: number): Buffer {
  const random = seededRandom(1)
  return Buffer.from(Array.from({ length }, () => random.below(256)))
}

const two = [
  { name: 'cat/a.txt', content: 'meow' },
  { name: 'dog/é猫.txt', content: 'woof'.repeat(1000) },
]
const wanted = two.map(({ name, content }) => [name, content])
const tar = tarFile([{ name: 'cat/', type: '5' }, ...two])

describe('readArchive', () => {
  it.each<[string, Uint8Array]>([
    ['zip', zipFile([{ name: 'cat/' }, ...two])],
    ['zip without packing', zipFile(two.map((entry) => ({ ...entry, method: 0 })))],
    ['zip with a comment', zipFile(two, 'PK\x05\x06 is in this comment, too, and some text')],
    [
      'zip with names in Windows’ way',
      zipFile(two.map((entry) => ({ ...entry, name: entry.name.replace('/', '\\') }))),
    ],
    ['zip whose own heads are longer', zipFile(two.map((entry) => ({ ...entry, ownExtra: Buffer.alloc(200) })))],
    ['tar', tar],
    ['tar.gz', gzipSync(tar)],
  ])('reads %s', async (_, bytes) => {
    expect(await contents(bytes)).toEqual(wanted)
  })

  it.each([
    ['zip', zipFile(two), 'zip'],
    ['an empty zip', zipFile([]), 'zip'],
    ['tar', tar, 'tar'],
    ['tar.gz', gzipSync(tar), 'tar.gz'],
    ['gzip of something else', gzipSync('text'), undefined],
    ['damaged gzip', Uint8Array.of(0x1f, 0x8b, 8, 1, 2, 3), undefined],
    ['text', Buffer.from('text'), undefined],
  ])('knows %s by its first bytes', (_, bytes, kind) => {
    expect(archiveKind(bytes)).toBe(kind)
  })

  const bad: [string, string][] = [
    ['../up.txt', 'refused: path-escapes'],
    ['a/../../up.txt', 'refused: path-escapes'],
    ['/etc/passwd', 'refused: path-escapes'],
    ['C:/windows.txt', 'refused: path-escapes'],
    ['__MACOSX/._a', 'ignored: litter'],
    ['a/.DS_Store', 'ignored: litter'],
    ['a/..b.txt', 'x'],
  ]
  it.each<[string, Uint8Array]>([
    ['zip', zipFile(bad.map(([name]) => ({ name, content: 'x' })))],
    ['tar', tarFile(bad.map(([name]) => ({ name, content: 'x' })))],
  ])('refuses names that lead out of a %s, each by itself', async (_, bytes) => {
    const found = await contents(bytes)
    expect(found).toEqual(bad.map(([name, outcome]) => [name, name === 'a/..b.txt' ? 'ignored: litter' : outcome]))
  })

  it.each<[string, ZipEntry, string]>([
    ['a backslash that leads out', { name: '..\\up.txt' }, 'refused: path-escapes'],
    ['a link', { name: 'a', content: '/etc/passwd', mode: 0o120777 }, 'skipped: archive-link'],
    ['a device', { name: 'a', mode: 0o020666 }, 'skipped: archive-special'],
    ['a password', { name: 'a', content: 'x', flags: 1 }, 'skipped: archive-encrypted'],
    ['another method', { name: 'a', content: 'x', method: 14 }, 'skipped: archive-method'],
    ['a false checksum', { name: 'a', content: 'x', checksum: 1 }, 'skipped: data-damaged'],
    ['more bytes than it says', { name: 'a', content: 'xxxx', size: 3 }, 'skipped: data-damaged'],
    ['fewer bytes than it says', { name: 'a', content: 'xxxx', size: 5 }, 'skipped: data-damaged'],
    ['bytes that are not packed so', { name: 'a', content: '\xff\xff', method: 0, flags: 0 }, 'ÿÿ'],
    ['more than is allowed', { name: 'a', content: 'x'.repeat(2e6) }, 'skipped: too-many-bytes'],
    ['a name with a zero in it', { name: 'a\0b' }, 'refused: name-damaged'],
  ])('refuses an entry of a zip with %s alone', async (_, entry, outcome) => {
    const one = {
      ...entry,
      content: typeof entry.content === 'string' ? Buffer.from(entry.content, 'latin1') : Buffer.alloc(0),
    }
    const found = await contents(zipFile([one, { name: 'good', content: 'good' }]))
    expect(found.map(([, text]) => text)).toEqual([outcome, 'good'])
  })

  it('reads names in old encodings and in fields of their own', async () => {
    const field = Buffer.from([0x75, 0x70, 8, 0, 1, 0, 0, 0, 0, ...Buffer.from('猫')])
    field.writeUInt32LE(crc32(Buffer.from('b')), 5)
    const stale = Buffer.from(field)
    stale.writeUInt32LE(1, 5)
    const old = zipFile([
      { name: Buffer.from([0x82, 0x41]), flags: 0 },
      { name: 'b', extra: field, flags: 0 },
      { name: 'c', extra: stale, flags: 0 },
    ])
    expect((await contents(old)).map(([name]) => name)).toEqual(['éA', '猫', 'c'])
  })

  it.each([
    ['ZIP', zipFile(two)],
    ['tar', tar],
    ['tar', gzipSync(tar)],
  ])('does not open a %s within another archive', async (format, inner) => {
    for await (const { entry } of readArchive(bytesFile('a', zipFile([{ name: 'inner', content: inner }])), 'zip')) {
      const outcome = await decodeFile(await entry!.open(1e6))
      expect(!outcome.ok && [outcome.refusal.code, outcome.refusal.params]).toEqual(['format-not-read', { format }])
    }
  })

  it('takes of two entries of one name the first', async () => {
    const twice = [
      { name: 'a', content: '1' },
      { name: 'a', content: '2' },
    ]
    const outcome = [
      ['a', '1'],
      ['a', 'skipped: archive-name-twice'],
    ]
    expect(await contents(zipFile(twice))).toEqual(outcome)
    expect(await contents(tarFile(twice))).toEqual(outcome)
  })

  it('reads long names of both kinds of tar, and no links', async () => {
    const long = `${'n'.repeat(150)}/${'ю'.repeat(90)}.txt`
    const bytes = tarFile([
      { name: '././@LongLink', type: 'L', content: `${long}\0` },
      { name: 'short', content: '1' },
      { name: 'pax', type: 'x', content: paxRecord('path', `2${long}`) + paxRecord('mtime', '1.5') },
      { name: 'short', content: '2' },
      { name: 'global', type: 'g', content: paxRecord('comment', 'x') },
      { name: 'end.txt', prefix: 'p/q', content: '3' },
      { name: 'link', type: '2' },
      { name: 'hard', type: '1' },
      { name: 'pipe', type: '6' },
    ])
    expect(await contents(bytes)).toEqual([
      [long, '1'],
      [`2${long}`, '2'],
      ['p/q/end.txt', '3'],
      ['link', 'skipped: archive-link'],
      ['hard', 'skipped: archive-link'],
      ['pipe', 'skipped: archive-special'],
    ])
  })

  it('goes past entries that nobody opens', async () => {
    const names: string[] = []
    for await (const { name } of readArchive(bytesFile('a', gzipSync(tar)), 'tar.gz')) names.push(name)
    expect(names).toEqual(two.map(({ name }) => name))
  })

  it.each<[string, Uint8Array, Partial<ArchiveLimits>, string]>([
    ['too many entries', zipFile(two), { entries: 1 }, 'skipped: archive-entries'],
    ['too much in a zip', zipFile(two), { bytes: 4000 }, 'refused: archive-bomb'],
    ['too much in a tar', tar, { bytes: 4000 }, 'refused: archive-bomb'],
    ['far more than its size in a zip', zipFile(two), { freely: 100, ratio: 2 }, 'refused: archive-bomb'],
    [
      'far more than its size in a tar.gz',
      gzipSync(tarFile([{ name: 'a', content: Buffer.alloc(1e6) }])),
      { freely: 1e5, ratio: 9 },
      'refused: archive-bomb',
    ],
    ['a zip that is cut', zipFile(two).subarray(0, -10), {}, 'skipped: truncated'],
    [
      'a zip whose directory is cut',
      Buffer.concat([zipFile(two).subarray(0, 90), zipFile(two).subarray(-22)]),
      {},
      'skipped: header-damaged',
    ],
    [
      'a tar with a false checksum',
      Buffer.concat([tar.subarray(0, 600), Buffer.from('x'), tar.subarray(601)]),
      {},
      'skipped: header-damaged',
    ],
    [
      'a tar.gz that is cut',
      gzipSync(tarFile([{ name: 'a', content: noise(9000) }])).subarray(0, -200),
      {},
      'skipped: truncated',
    ],
    ['a tar that claims to be long', tarFile([{ name: 'a', size: 2 ** 50 }]), {}, 'refused: archive-bomb'],
  ])('refuses %s as a whole', async (_, bytes, limits, outcome) => {
    expect(await refusalOf(contents(bytes, limits, 2 ** 40))).toBe(outcome)
  })

  it('refuses entries that share their bytes', async () => {
    const bytes = zipFile([{ name: 'a', content: noise(5000) }])
    const at = bytes.indexOf('PK\x01\x02', 0, 'latin1')
    const entry = bytes.subarray(at, -22)
    const copies = Array.from({ length: 3 }, (_, n) => {
      const copy = Buffer.from(entry)
      copy.write('bcd'[n] ?? '', 46)
      return copy
    })
    const end = Buffer.from(bytes.subarray(-22))
    end.writeUInt16LE(4, 8)
    end.writeUInt16LE(4, 10)
    end.writeUInt32LE(4 * entry.length, 12)
    const overlapping = Buffer.concat([bytes.subarray(0, -22), ...copies, end])
    expect(await refusalOf(contents(overlapping))).toBe('refused: archive-overlaps')
  })

  it('takes no memory for a length that is only claimed', async () => {
    const claimed = tarFile([{ name: 'a', content: 'x', size: 2 ** 29 }])
    const before = process.memoryUsage().arrayBuffers
    expect(await refusalOf(contents(claimed, {}, 2 ** 40))).toBe('skipped: truncated')
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1e7)
  })
})
