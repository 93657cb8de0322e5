import type { ImportSettings } from '@shared/data/import'
import type { SourceFile } from '../decode/contract'
import { bytesFile, diskFileAtOnce } from '../decode/source-file'
import { decodeFound } from './decode-found'
import type { Found } from './gather'
import { prepareItem, type Prepared } from './prepare-item'
import type { FileTask } from './prepare-messages'
import { refusalOf } from './prepare-pack'
import type { SampleForm } from './survey'

/** Makes samples of any file, step by step. */
export function prepareAny(task: FileTask, form: SampleForm, frames: ImportSettings['frames']): Promise<Prepared> {
  return prepareItem(task.name, () => decodeFound(foundOf(task), frames), form)
}

function foundOf({ name, path, bytes, refusal, slices }: FileTask): Found {
  const open = (): Promise<SourceFile> => {
    if (refusal) return Promise.reject(refusalOf(refusal))
    if (bytes) return Promise.resolve(bytesFile(name, bytes))
    return new Promise((resolve) => resolve(diskFileAtOnce(path, name)))
  }
  return { name, path, open, ...(slices ? { slices: slices.map(foundOf) } : {}) }
}
