import { sizeOf } from '@shared/layers/shape'
import { asRefusal, Refusal, type Note } from '../decode/contract'
import type { Outcome } from '../decode/decode-file'
import type { Print } from './prints'
import { samplesOf, type MadeSample } from './samples'
import { asSample, type SampleForm } from './survey'

/** A sample, with its print where somebody has taken it already. */
export interface PreparedSample extends MadeSample {
  readonly print?: Print
}

/** What a file was decoded to. */
export interface DecodedFacts {
  readonly shape: readonly number[]
  /** Of a sound, frames a second. */
  readonly rate?: number
  readonly notes: readonly Note[]
}

/** The samples of an item with what it was decoded to, or why there are none. */
export type Prepared = ({ readonly samples: readonly PreparedSample[] } & DecodedFacts) | { readonly refusal: Refusal }

/** Makes samples of an item that `decode` gives. Whatever is in it, this gives a value and never throws. */
export async function prepareItem(name: string, decode: () => Promise<Outcome>, form: SampleForm): Promise<Prepared> {
  try {
    const outcome = await decode()
    if (!outcome.ok) return { refusal: outcome.refusal }
    const decoded = asSample(outcome.decoded, form.kind)
    if (!decoded) return { refusal: new Refusal('other-kind', { format: outcome.decoded.format }) }
    const samples = await samplesOf(name, decoded, form)
    const size = sizeOf(form.shape)
    const odd = samples.find(({ values }) => values.length !== size)
    if (odd) throw new RangeError(`A sample of ${odd.values.length} values where there are to be ${size}`)
    const { shape, rate, notes } = decoded
    return { samples, shape, notes, ...(rate ? { rate } : {}) }
  } catch (thrown) {
    return { refusal: asRefusal(thrown) }
  }
}
