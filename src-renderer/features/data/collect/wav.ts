/** A sound of one channel, samples from -1 to 1, as a WAV file of 16 bits. What is louder is clipped. */
export function wavFile(samples: Float32Array, rate: number): Uint8Array<ArrayBuffer> {
  const head = 44
  const bytes = new Uint8Array(head + samples.length * 2)
  const view = new DataView(bytes.buffer)
  const text = (at: number, word: string) => [...word].forEach((one, n) => view.setUint8(at + n, one.charCodeAt(0)))
  text(0, 'RIFF')
  view.setUint32(4, bytes.length - 8, true)
  text(8, 'WAVEfmt ')
  view.setUint32(16, 16, true)
  // Plain numbers (PCM), one channel.
  view.setUint16(20, 1, true)
  view.setUint16(22, 1, true)
  view.setUint32(24, rate, true)
  view.setUint32(28, rate * 2, true)
  view.setUint16(32, 2, true)
  view.setUint16(34, 16, true)
  text(36, 'data')
  view.setUint32(40, samples.length * 2, true)
  samples.forEach((sample, n) => {
    const value = Math.max(-1, Math.min(1, sample))
    view.setInt16(head + n * 2, Math.round(value * 32_767), true)
  })
  return bytes
}
