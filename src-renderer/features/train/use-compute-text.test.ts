import type { ComputeReport } from '@shared/training/precision'
import { mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import { h } from 'vue'
import { i18n } from '@/i18n'
import { useComputeText } from './use-compute-text'

const report: ComputeReport = { path: 'compiled', precision: 'bfloat16', why: 'chosen', uncompiled: [], trial: [] }
const trial: ComputeReport['trial'] = [
  { precision: 'float32', milliseconds: 20.04 },
  { precision: 'bfloat16', milliseconds: 8 },
]

it.each<[Partial<ComputeReport>, RegExp]>([
  [{}, /chosen in the settings/],
  [{ why: 'trial', trial }, /the fastest: float32 20\.\d+ ms a step, bfloat16 8\S* ms a step/],
  [{ why: 'layers', uncompiled: ['dropout', 'flatten'] }, /no compiled form: Dropout, Flatten/],
  [{ why: 'optimizer' }, /the optimizer has no compiled form/],
  [{ why: 'short' }, /too short for a trial/],
])('why a run computes as it does is said in words: %j', (own, words) => {
  i18n.global.locale.value = 'en'
  const Shown = {
    setup: () =>
      (
        (text) => () =>
          h('p', text.why({ ...report, ...own }))
      )(useComputeText()),
  }
  expect(mount(Shown, { global: { plugins: [i18n] } }).text()).toMatch(words)
})
