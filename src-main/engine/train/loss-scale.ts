/** Steps without overflow after which a larger scale is tried. */
const patience = 1000
const largest = 2 ** 24

/**
 * The factor by which a loss is multiplied before gradients are computed in float16, whose smallest values would else
 * vanish: halved on overflow, doubled after a long time without (Micikevicius et al., "Mixed Precision Training", 2018).
 */
export class LossScale {
  #value = 2 ** 15
  #calm = 0

  get value(): number {
    return this.#value
  }

  /** A step went well. */
  kept(): void {
    this.#calm += 1
    if (this.#calm < patience) return
    this.#calm = 0
    this.#value = Math.min(this.#value * 2, largest)
  }

  /** Gradients overflowed; false once no smaller scale would help. */
  overflowed(): boolean {
    this.#calm = 0
    if (this.#value <= 1) return false
    this.#value /= 2
    return true
  }

  /** For a checkpoint: `[scale, calm steps]`. */
  get state(): Float32Array {
    return Float32Array.of(this.#value, this.#calm)
  }

  set state([value, calm]: Float32Array) {
    if (value !== undefined) this.#value = value
    if (calm !== undefined) this.#calm = calm
  }
}
