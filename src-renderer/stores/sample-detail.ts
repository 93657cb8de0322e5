import type { LikeSamples, SampleAddress, SampleDetail, SampleSpectra } from '@shared/data/sample-detail'
import { defineStore } from 'pinia'
import { api } from '@/api'

/** So many samples stay read, for those who go back and forth. */
const kept = 24
/** Larger ones are read again: they would fill the window's memory. */
const mostValues = 4_000_000

/** Single samples in full, of any data set: the open one, or that of a run. */
export const useSampleDetailStore = defineStore('sample-detail', () => {
  const known = new Map<string, SampleDetail>()

  /** Reads one sample; throws the `AppError` of a failed or given-up reading. */
  async function read(address: SampleAddress, signal: AbortSignal): Promise<SampleDetail> {
    const key = JSON.stringify(address)
    const before = known.get(key)
    if (before) return before
    const detail = await api.readSample(address, { signal })
    if (detail.values.length <= mostValues) known.set(key, detail)
    for (const oldest of known.keys()) {
      if (known.size <= kept) break
      known.delete(oldest)
    }
    return detail
  }

  function spectra(address: SampleAddress, signal: AbortSignal): Promise<SampleSpectra> {
    return api.readSpectra(address, { signal })
  }

  /** Looks through the whole data set for samples like one; that may take a while. */
  function like(address: SampleAddress, signal: AbortSignal): Promise<LikeSamples> {
    return api.findLike(address, { signal })
  }

  return { read, spectra, like }
})
