/** Cuts what comes in piece by piece into clips of one length, and gives each as soon as it is whole. */
export class ClipCutter {
  #clip: Float32Array<ArrayBuffer>
  #filled = 0

  constructor(
    readonly length: number,
    private readonly done: (clip: Float32Array<ArrayBuffer>) => void,
  ) {
    this.#clip = new Float32Array(length)
  }

  /** The share of the present clip that is there. */
  get share(): number {
    return this.#filled / this.length
  }

  push(piece: Float32Array): void {
    for (let at = 0; at < piece.length;) {
      const taken = piece.subarray(at, at + this.length - this.#filled)
      this.#clip.set(taken, this.#filled)
      this.#filled += taken.length
      at += taken.length
      if (this.#filled < this.length) continue
      this.done(this.#clip)
      this.#clip = new Float32Array(this.length)
      this.#filled = 0
    }
  }
}
