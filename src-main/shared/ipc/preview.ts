import { z } from 'zod'
import { DatasetSource } from '../data/dataset'
import { SampleName } from '../data/stored-dataset'
import { NetworkDocument } from '../network/document'

/** The network to be looked at while it is designed, and the sample of the test part that goes through it. */
export const PreviewRequest = z.object({
  network: NetworkDocument,
  source: DatasetSource,
  index: z.int().min(0),
  /** Decides the first weights, as in a run; of no use where trained ones are there. */
  seed: z.int().min(0),
})
export type PreviewRequest = z.output<typeof PreviewRequest>

/**
 * What a layer puts out, made small enough for its card. Values go from 0 to 255, which stand for `low` to `high`, channel
 * after channel: of `maps` (pictures, and the middle slice of volumes) row by row, of `curves` (sequences) and `bars`
 * (vectors) the lowest and the highest value of what each column stands for.
 */
export const LayerPreview = z.object({
  node: z.string(),
  /** Of the whole output, without the batch. */
  shape: z.array(z.int().min(1)),
  form: z.enum(['maps', 'curves', 'bars']),
  /** How many of its channels are shown: the first ones. */
  channels: z.int().min(1),
  columns: z.int().min(1),
  rows: z.int().min(1),
  values: z.instanceof(Uint8Array),
  low: z.number(),
  high: z.number(),
})
export type LayerPreview = z.output<typeof LayerPreview>

/** Each layer's output on one sample, as far as layers can be computed: what is wrong is left out with all behind it. */
export const NetworkPreview = z.object({
  /** Position in the test part. */
  index: z.int().min(0),
  /** Its row in the data set, by which the whole program numbers samples. */
  row: z.int().min(0),
  name: SampleName,
  label: z.int().min(0),
  /** Training steps behind the weights; 0: untrained. */
  step: z.int().min(0),
  layers: z.array(LayerPreview),
})
export type NetworkPreview = z.output<typeof NetworkPreview>
