/** What the audio thread knows; TypeScript has no library for it. */
declare class AudioWorkletProcessor {
  readonly port: MessagePort
}
declare function registerProcessor(name: string, processor: new () => AudioWorkletProcessor): void

/** So many frames are handed over at once: about twenty times a second. */
const piece = 2048

/** Hands over what a microphone hears, mixed to one channel. */
class Recorder extends AudioWorkletProcessor {
  #piece = new Float32Array(piece)
  #filled = 0

  process([channels = []]: readonly (readonly Float32Array[])[]): boolean {
    const frames = channels[0]?.length ?? 0
    for (let frame = 0; frame < frames; frame++) {
      const sum = channels.reduce((total, channel) => total + (channel[frame] ?? 0), 0)
      this.#piece[this.#filled++] = sum / channels.length
      if (this.#filled < piece) continue
      this.port.postMessage(this.#piece, [this.#piece.buffer])
      this.#piece = new Float32Array(piece)
      this.#filled = 0
    }
    return true
  }
}

registerProcessor('recorder', Recorder)
