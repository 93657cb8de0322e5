import { z } from 'zod'
import { DatasetSource } from '../data/dataset'
import { NetworkDocument } from '../network/document'
import { TrainingSettings } from '../training/settings'

/** What `project.json` holds. Runs lie beside it, each in a folder of its own under `runs/`. */
export const Project = z.object({
  version: z.literal(1),
  name: z.string().min(1).max(120),
  network: NetworkDocument,
  dataset: DatasetSource.nullable(),
  training: TrainingSettings,
})
export type Project = z.output<typeof Project>
