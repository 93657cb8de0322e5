import type { ComputeReport } from '@shared/training/precision'
import type { Chore } from './make-stepper'

/**
 * What trials of number types found, so that the next run of the same network computes alike: a second trial could find
 * otherwise, and one seed is to give the same numbers.
 */
export class Trials {
  readonly #found = new Map<string, ComputeReport>()

  known(chore: Chore): ComputeReport | undefined {
    return this.#found.get(keyOf(chore))
  }

  remember(chore: Chore, compute: ComputeReport): void {
    this.#found.set(keyOf(chore), compute)
  }
}

/** All that the time of a step hangs on. */
function keyOf({ network, settings, preprocessing }: Chore): string {
  const layers = network.nodes.map(({ id, kind, values, output, weightsOf }) => [id, kind, values, output, weightsOf])
  const wires = network.wires.map(({ from, to, input }) => [from, to, input])
  return JSON.stringify([layers, wires, settings.batchSize, settings.optimizer.kind, preprocessing])
}
