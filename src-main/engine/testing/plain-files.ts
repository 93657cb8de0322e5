/** A sound file of 16-bit samples: WAV, PCM; one list for each channel. */
export function wavFile(rate: number, channels: readonly (readonly number[])[]): Buffer {
  const frames = channels[0]?.length ?? 0
  const block = channels.length * 2
  const bytes = Buffer.alloc(44 + frames * block)
  bytes.write('RIFF', 0)
  bytes.writeUInt32LE(bytes.length - 8, 4)
  bytes.write('WAVEfmt ', 8)
  bytes.writeUInt32LE(16, 16)
  bytes.writeUInt16LE(1, 20)
  bytes.writeUInt16LE(channels.length, 22)
  bytes.writeUInt32LE(rate, 24)
  bytes.writeUInt32LE(rate * block, 28)
  bytes.writeUInt16LE(block, 32)
  bytes.writeUInt16LE(16, 34)
  bytes.write('data', 36)
  bytes.writeUInt32LE(frames * block, 40)
  for (let frame = 0; frame < frames; frame++) {
    for (const [n, samples] of channels.entries()) bytes.writeInt16LE(samples[frame] ?? 0, 44 + frame * block + n * 2)
  }
  return bytes
}

/** A file of one array of NumPy's, `type` as NumPy names it (`|u1`, `<f4`). */
export function npyFile(type: string, shape: readonly number[], values: Uint8Array | Float32Array): Buffer {
  const text = `{'descr': '${type}', 'fortran_order': False, 'shape': (${shape.join(', ')},), }`
  const head = Buffer.alloc(Math.ceil((11 + text.length) / 64) * 64, ' ')
  head.write('\u0093NUMPY\u0001\0', 0, 'latin1')
  head.writeUInt16LE(head.length - 10, 8)
  head.write(text, 10)
  head.write('\n', head.length - 1)
  return Buffer.concat([head, Buffer.from(values.buffer, values.byteOffset, values.byteLength)])
}
