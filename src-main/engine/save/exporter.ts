import type { ExportFormat } from '@shared/ipc/look'
import type { Samples } from '../data/batches'
import type { TrainedNetwork } from '../look/trained'

/** A model that was opened again from its files. */
export interface Reopened {
  /** What each output answers to samples, the main one's probabilities first, all prepared as the files say. */
  answers(samples: Samples): Float32Array[]
  dispose(): void
}

/** A format in which a trained network leaves Patchwork, one file of this folder each. */
export interface Exporter {
  readonly format: ExportFormat
  /** Writes all files into an empty folder. */
  write(network: TrainedNetwork, name: string, directory: string): Promise<void>
  /** Opens what was written, from the files alone. */
  reopen(directory: string): Promise<Reopened>
  /** Whether a folder holds an earlier export of this format, which a new one may replace. */
  wrote(directory: string): Promise<boolean>
}
