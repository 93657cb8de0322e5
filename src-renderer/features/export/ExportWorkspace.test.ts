import { AppError } from '@shared/ipc/errors'
import type { ExportReport } from '@shared/ipc/look'
import { emptyNetwork } from '@shared/network/document'
import { templateNetwork } from '@shared/network/templates'
import type { RunRecord } from '@shared/training/run'
import { enableAutoUnmount, flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { TooltipProvider } from 'reka-ui'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { h } from 'vue'
import { i18n } from '@/i18n'
import { useRunsStore } from '@/stores/runs'
import { installFakeBridge } from '@/stores/testing/fake-bridge'
import { run } from '@/stores/testing/samples'
import ExportWorkspace from './ExportWorkspace.vue'

const network = templateNetwork('lenet', { shape: [28, 28, 1], classes: 10 }) ?? emptyNetwork
const finished = run({
  id: 'a',
  number: 7,
  state: 'finished',
  network,
  epochsDone: 2,
  stepsDone: 844,
  test: { samples: 10_000, loss: 0.1, accuracy: 0.9871 },
})
const report: ExportReport = {
  format: 'tfjs-layers',
  directory: '/home/anna/digits',
  files: [
    { name: 'model.json', bytes: 6210 },
    { name: 'weights.bin', bytes: 1_724_320 },
  ],
  proof: { samples: 10, maxDifference: 2.98e-6, tolerance: 1e-4 },
}

async function show(listed: RunRecord[], exportModel: () => ExportReport | null | Promise<never> = () => report) {
  const bridge = installFakeBridge({
    listRuns: () => listed,
    readHistory: () => ({ loss: new Float32Array(), accuracy: new Float32Array(), epochs: [] }),
    exportModel,
    showFolder: () => ({}),
  })
  const pinia = createPinia()
  setActivePinia(pinia)
  await useRunsStore().refresh()
  const shown = mount(() => h(TooltipProvider, () => h(ExportWorkspace)), { global: { plugins: [pinia, i18n] } })
  const press = async (name: string) => {
    await shown
      .findAll('button')
      .find((button) => button.text() === name)
      ?.trigger('click')
    await flushPromises()
  }
  return { bridge, shown, text: () => shown.text().replace(/\u00a0/g, ' '), press }
}

beforeEach(() => {
  i18n.global.locale.value = 'en'
  document.body.innerHTML = '<aside id="inspector"></aside>'
})
enableAutoUnmount(afterEach)

describe('the export workspace', () => {
  it('says what will be exported, and that nothing is proven yet', async () => {
    const { text } = await show([finished])
    expect(text()).toContain('2 epochs · 844 steps')
    expect(text()).toContain('98.71% of 10,000')
    expect(text()).toContain('431,080')
    expect(text()).toContain('about 1.7 MB')
    expect(text()).toContain('not exported yet')
  })

  it('says exported only with the proof, and lists the files', async () => {
    const { bridge, text, press } = await show([finished])
    await press('Export…')
    expect(bridge.named('exportModel')).toEqual([{ runId: 'a', format: 'tfjs-layers' }])
    expect(text()).toContain('max difference 3 × 10⁻⁶ on 10 samples')
    expect(text()).toContain('/home/anna/digits')
    expect(text()).toContain('2 files, 1.7 MB')
    expect(document.getElementById('inspector')?.textContent).toMatch(/model\.json.*weights\.bin.*1\.7.MB/s)
    await press('Show in folder')
    expect(bridge.named('showFolder')).toEqual([{ path: '/home/anna/digits' }])
  })

  it('offers each format with what it is for, and exports the one that was pressed', async () => {
    const { bridge, shown, text } = await show([finished], () => ({ ...report, format: 'saved-model' }))
    expect(shown.findAll('li h2').map((title) => title.text())).toEqual([
      'TensorFlow.js LayersModel',
      'TensorFlow SavedModel',
    ])
    expect(text()).toContain('For web pages')
    expect(text()).toContain('For TensorFlow in Python')
    await shown.find('[aria-label="Export TensorFlow SavedModel…"]').trigger('click')
    await flushPromises()
    expect(bridge.named('exportModel')).toEqual([{ runId: 'a', format: 'saved-model' }])
    expect(text()).toContain('SavedModel of run 7')
    // The other format is not proven by it.
    expect(text()).toMatch(/not exported yet.*max difference 3 × 10⁻⁶ on 10 samples/s)
  })

  it('stays as it was where no folder was chosen', async () => {
    const { text, press } = await show([finished], () => null)
    await press('Export…')
    expect(text()).toContain('not exported yet')
  })

  it('says what failed and what to do', async () => {
    const { shown, text, press } = await show([finished], () =>
      Promise.reject(new AppError('unexpected', { detail: 'the disk is full' })),
    )
    await press('Export…')
    expect(shown.find('[role=alert]').text()).toContain('Nothing was exported')
    expect(shown.find('[role=alert]').text()).toContain('the disk is full')
    expect(text()).not.toContain('max difference')
  })

  it.each([
    ['nothing was trained', [], 'Nothing to export yet'],
    ['a run is only beginning', [run({ state: 'preparing' })], 'The training is just beginning'],
  ])('tells what to do when %s', async (_name, listed, words) => {
    const { text } = await show(listed)
    expect(text()).toContain(words)
  })
})
