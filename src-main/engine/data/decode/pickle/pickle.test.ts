import { describe, expect, it } from 'vitest'
import { usualLimits } from '../contract'
import { decodeFile } from '../decode-file'
import { bytesFile } from '../source-file'

/** A pickle from its parts: texts stand for their bytes. */
const made = (...parts: (string | number[])[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))))

const read = (bytes: Uint8Array, name = 'data_batch_1') =>
  decodeFile(bytesFile(name, bytes), { limits: { ...usualLimits, values: 10_000 }, frames: 'first' })

const short = (text: string) => `U${String.fromCharCode(text.length)}${text}`

describe('pickles', () => {
  it('reads a batch as Python 2 has written it', async () => {
    const rows = Array.from({ length: 3072 }, (_, n) => n % 251)
    const array = made(
      'cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\n',
      'K\0\x85',
      short('b'),
      'tR(K\x01K\x01M\0\x0c\x86cnumpy\ndtype\n(',
      short('u1'),
      'K\0K\x01tR(K\x03',
      short('|'),
      'NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\0tb\x89T\0\x0c\0\0',
      rows,
      'tb',
    )
    const bytes = made(
      '\x80\x02}q\x01(',
      short('batch_label'),
      short('testing batch 1 of 1'),
      short('labels'),
      ']q\x02(K\x06e',
      short('data'),
      Array.from(array),
      short('filenames'),
      '](',
      short('cat.png'),
      'eu.',
    )
    const outcome = await read(bytes)
    if (!outcome.ok || outcome.decoded.kind !== 'arrays')
      throw new Error(outcome.ok ? 'no arrays' : outcome.refusal.code)
    const { arrays, texts, format } = outcome.decoded
    expect(format).toBe('CIFAR-10')
    const images = arrays.get('images')!
    expect(images.shape).toEqual([1, 32, 32, 3])
    expect(Array.from(images.values.subarray(0, 6))).toEqual([
      rows[0],
      rows[1024],
      rows[2048],
      rows[1],
      rows[1025],
      rows[2049],
    ])
    expect(Array.from(arrays.get('labels')!.values)).toEqual([6])
    expect(texts.get('filenames')).toEqual(['cat.png'])
  })

  it.each<[string, Buffer, string, string]>([
    ['os.system', made('\x80\x02cos\nsystem\n(X\x04\0\0\0evilttR.'), 'refused', 'pickle-object'],
    ['builtins.eval', made('\x80\x04\x8c\x08builtins\x8c\x04eval\x93\x8c\x011\x85R.'), 'refused', 'pickle-object'],
    ['a name of Object’s own', made('\x80\x02c__proto__\nconstructor\n)R.'), 'refused', 'pickle-object'],
    ['another function of NumPy', made('\x80\x02cnumpy\nload\n(X\x01\0\0\0atR.'), 'refused', 'pickle-object'],
    ['an instance', made('\x80\x02(icollections\nOrderedDict\n.'), 'refused', 'pickle-object'],
    ['a new object', made('\x80\x02cnumpy\nndarray\n)\x81.'), 'refused', 'pickle-object'],
    ['something from outside', made('\x80\x02Pabc\n.'), 'refused', 'pickle-object'],
    ['objects in an array', made('\x80\x02cnumpy\ndtype\n(X\x02\0\0\0O8K\0K\x01tR.'), 'refused', 'object-array'],
    ['plain words', made('\x80\x02X\x02\0\0\0hi.'), 'skipped', 'no-arrays'],
    ['an unknown instruction', made('\x80\x02\xfe.'), 'skipped', 'data-damaged'],
    ['an empty stack', made('\x80\x02.'), 'skipped', 'data-damaged'],
    ['a mark without a list', made('\x80\x02K\x01e.'), 'skipped', 'data-damaged'],
    ['a call of a number', made('\x80\x02K\x01)R.'), 'skipped', 'data-damaged'],
    ['a memo that is empty', made('\x80\x02h\x05.'), 'skipped', 'data-damaged'],
    ['a text longer than the file', made('\x80\x02X\xff\xff\xff\x7fhi.'), 'skipped', 'truncated'],
    ['no end', made('\x80\x02]'), 'skipped', 'truncated'],
    [
      'a shape that does not fit',
      made('\x80\x02cnumpy.core.numeric\n_frombuffer\n(C\x02hicnumpy\ndtype\n(X\x02\0\0\0u1tRK\x03\x85X\x01\0\0\0CtR.'),
      'skipped',
      'array-truncated',
    ],
    [
      'too large a shape',
      made(
        '\x80\x02cnumpy.core.numeric\n_frombuffer\n(C\x02hicnumpy\ndtype\n(X\x02\0\0\0u1tRM\xff\xff\x85X\x01\0\0\0CtR.',
      ),
      'skipped',
      'too-many-values',
    ],
  ])('refuses %s', async (_, bytes, kind, code) => {
    const outcome = await read(bytes)
    expect(outcome.ok ? ['decoded'] : [outcome.refusal.outcome, outcome.refusal.code]).toEqual([kind, code])
  })

  it('names what a pickle asks for', async () => {
    const outcome = await read(made('\x80\x02cos\nsystem\n(X\x04\0\0\0evilttR.'))
    expect(!outcome.ok && outcome.refusal.params).toEqual({ name: 'os.system' })
  })

  it('does not make the same array again and again', async () => {
    const call = 'cnumpy.core.numeric\n_frombuffer\n(h\x01h\x02M\xe8\x03\x85X\x01\0\0\0CtR'
    const head = made(
      '\x80\x02](B\xe8\x03\0\0',
      new Array<number>(1000).fill(7),
      'q\x010cnumpy\ndtype\n(X\x02\0\0\0u1tRq\x020',
    )
    const outcome = await read(made(head.toString('latin1'), call.repeat(50), 'e.'))
    expect(!outcome.ok && outcome.refusal.code).toBe('data-damaged')
  })

  it('reads a list that holds itself', async () => {
    const outcome = await read(made('\x80\x02]q\x01h\x01a.'))
    expect(!outcome.ok && outcome.refusal.code).toBe('no-arrays')
  })
})
