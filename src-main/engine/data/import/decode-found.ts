import type { ImportSettings } from '@shared/data/import'
import { Refusal, usualLimits, type DecodedValues } from '../decode/contract'
import { decodeFile, type Outcome } from '../decode/decode-file'
import type { Found } from './gather'
import { volumeOf } from './slice-folders'
import { asSample } from './survey'

/** Decodes a file, or the slices that make a volume. */
export async function decodeFound(
  file: Found | undefined,
  frames: ImportSettings['frames'] = 'first',
): Promise<Outcome> {
  try {
    if (!file) throw new Refusal('gone')
    if (!file.slices) return await decodeFile(await file.open(), { limits: usualLimits, frames })
    return { ok: true, decoded: await volumeOf(file.slices, decodeSlice, usualLimits.values) }
  } catch (thrown) {
    if (thrown instanceof Refusal) return { ok: false, refusal: thrown }
    throw thrown
  }
}

async function decodeSlice(file: Found): Promise<DecodedValues> {
  const outcome = await decodeFile(await file.open())
  if (!outcome.ok) throw outcome.refusal
  const { decoded } = outcome
  const sample = asSample(decoded)
  if (!sample) throw new Refusal('other-kind', { format: decoded.format })
  return sample
}
