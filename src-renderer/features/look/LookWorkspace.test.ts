import { AppError } from '@shared/ipc/errors'
import type { GuessedSample, TopGuesses } from '@shared/ipc/look'
import { emptyNetwork } from '@shared/network/document'
import { templateNetwork } from '@shared/network/templates'
import type { RunRecord } from '@shared/training/run'
import { enableAutoUnmount, flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { TooltipProvider } from 'reka-ui'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { h } from 'vue'
import { i18n } from '@/i18n'
import { useRunsStore } from '@/stores/runs'
import { installFakeBridge } from '@/stores/testing/fake-bridge'
import { run } from '@/stores/testing/samples'
import LookWorkspace from './LookWorkspace.vue'

const network = templateNetwork('lenet', { shape: [28, 28, 1], classes: 3 }) ?? emptyNetwork
const finished = run({ id: 'a', number: 7, state: 'finished', network, stepsDone: 844 })

function sample(row: number | null, label: number | null, guess: number): GuessedSample {
  const top = [
    { classIndex: guess, probability: 0.75 },
    { classIndex: (guess + 1) % 3, probability: 0.25 },
  ]
  return {
    sample: row === null ? null : { row, name: `photos/${row}.png` },
    label,
    shape: [1, 1, 1],
    pixels: Uint8Array.of(0),
    top,
  }
}

async function show(listed: RunRecord[]) {
  const guesses: TopGuesses = { step: 844, looked: 12, right: [sample(4, 1, 1)], wrong: [sample(5, 2, 1)] }
  const bridge = installFakeBridge({
    listRuns: () => listed,
    readHistory: () => ({ loss: new Float32Array(), accuracy: new Float32Array(), epochs: [] }),
    writeSettings: (settings: unknown) => settings,
    readFilters: ({ node }: { node: string }) => ({
      node,
      shape: [1, 1, node === network.nodes[1]?.id ? 1 : 20, 2],
      values: new Float32Array(node === network.nodes[1]?.id ? 2 : 40).fill(0.5),
      step: 844,
    }),
    topGuesses: () => guesses,
    guessFile: () => sample(null, null, 2),
  })
  const pinia = createPinia()
  setActivePinia(pinia)
  await useRunsStore().refresh()
  const shown = mount(() => h(TooltipProvider, () => h(LookWorkspace)), {
    global: { plugins: [pinia, i18n] },
    attachTo: document.body,
  })
  await flushPromises()
  const press = async (name: RegExp) => {
    const button = shown.findAll('button').find((one) => name.test(one.attributes('aria-label') ?? one.text()))
    await button?.trigger('mousedown', { button: 0 })
    await button?.trigger('click')
    await flushPromises()
  }
  return { bridge, shown, press }
}

const inspector = () => document.getElementById('inspector')

beforeEach(() => {
  i18n.global.locale.value = 'en'
  document.body.innerHTML = '<aside id="inspector"></aside>'
})
enableAutoUnmount(afterEach)

describe('filters', () => {
  it('are those of the first layer that has a kernel, with the step they belong to', async () => {
    const { bridge, shown } = await show([finished])
    expect(bridge.named('readFilters')).toEqual([{ runId: 'a', node: network.nodes[1]?.id }])
    expect(shown.text()).toContain('2 filters · 1 × 1 pixels · one input channel · after 844 steps')
    expect(shown.findAll('.pw-mosaic__tile')).toHaveLength(2)
  })

  it('of another layer are shown when it is chosen; a layer without a kernel cannot be', async () => {
    const { bridge, shown, press } = await show([finished])
    await press(/^Max pooling 2-D \(1\)/)
    await press(/^Convolution 2-D \(2\)/)
    expect(bridge.named('readFilters').map((input) => (input as { node: string }).node)).toEqual([
      network.nodes[1]?.id,
      network.nodes[3]?.id,
    ])
    expect(shown.text()).toContain('20 input channels')
    expect(shown.find('[aria-label="Input channel"]').exists()).toBe(true)
  })

  it('of a layer with a kernel for each place are those of the place that is chosen', async () => {
    const { bridge, shown, press } = await show([finished])
    bridge.answers.readFilters = ({ node, at = [4, 2] }: { node: string; at?: number[] }) => ({
      node,
      shape: [1, 1, 1, 1],
      values: Float32Array.of(1),
      places: { count: [8, 6], at },
      step: 0,
    })
    await press(/^Convolution 2-D \(2\)/)
    const field = (name: string) => shown.get<HTMLInputElement>(`[role=spinbutton][aria-label=${name}]`)
    const fields = () => [field('Row'), field('Column')].map(({ element }) => element.value)
    expect(fields()).toEqual(['5', '3'])
    await field('Row').setValue('8')
    await field('Row').trigger('keydown', { key: 'Enter' })
    await field('Column').setValue('1')
    await field('Column').trigger('keydown', { key: 'Enter' })
    await flushPromises()
    expect(fields()).toEqual(['8', '1'])
    const node = network.nodes[3]?.id
    expect(bridge.named('readFilters').slice(1)).toEqual([
      { runId: 'a', node },
      { runId: 'a', node, at: [7, 2] },
      { runId: 'a', node, at: [7, 0] },
    ])
    expect(shown.text()).toContain('The weights at this place')
  })

  it('show their numbers in the inspector when one is chosen, and put them away again', async () => {
    const { press } = await show([finished])
    await press(/^Filter 2: weights from 0.5 to 0.5/)
    expect(inspector()?.textContent).toMatch(/Filter 2.*0\.50.*Smallest.*0\.5000.*Length.*0\.5000/s)
    await press(/^Filter 2: /)
    expect(inspector()?.textContent).toBe('')
  })

  it('say why they could not be read, and are read again on demand', async () => {
    const { bridge, shown, press } = await show([finished])
    bridge.answers.readFilters = () => {
      throw new AppError('unexpected', { detail: 'no weights' })
    }
    await press(/^Convolution 2-D \(2\)/)
    expect(shown.find('[role=alert]').text()).toContain('no weights')
    bridge.answers.readFilters = ({ node }: { node: string }) => ({
      node,
      shape: [1, 1, 1, 1],
      values: Float32Array.of(1),
      step: 0,
    })
    await press(/^Try again/)
    expect(shown.find('[role=alert]').exists()).toBe(false)
    expect(shown.text()).toContain('before the first step')
  })
})

describe('best guesses', () => {
  it('mark right and wrong by a sign, and say both aloud', async () => {
    const { shown, press } = await show([finished])
    await press(/^Best guesses/)
    const cards = shown.findAll('figure').map((card) => card.attributes('aria-label')?.replace('\u00a0', ' '))
    expect(cards).toEqual([
      'Test sample 4: it is one, and the network says so with 75.0%',
      'Test sample 5: it is two, but the network says one with 75.0%',
    ])
    expect(shown.findAll('.pw-bars__icon')).toHaveLength(3)
    expect(shown.findAll('.guess-card__place').map((one) => one.text())).toEqual([
      'Sample 4 · 4.png',
      'Sample 5 · 5.png',
    ])
    expect(shown.text()).toContain('12 test samples looked at')
  })

  it('are drawn anew with the next seed', async () => {
    const { bridge, press } = await show([finished])
    await press(/^Best guesses/)
    await press(/^Draw others/)
    expect(bridge.named('topGuesses').map((input) => (input as { seed: number }).seed)).toEqual([1, 2])
  })

  it('come for an own picture that is dropped anywhere in the workspace', async () => {
    const { bridge, shown } = await show([finished])
    const file = new File([Uint8Array.of(1)], 'seven.png')
    await shown.find('.pw-drop').trigger('drop', { dataTransfer: { types: ['Files'], files: [file] } })
    await flushPromises()
    expect(bridge.named('guessFile')).toHaveLength(1)
    expect(inspector()?.textContent).toContain('seven.png')
    expect(inspector()?.querySelector('[aria-label="Best guesses for your picture"]')?.textContent).toContain('two')
  })
})

describe('of sounds', () => {
  const heard = templateNetwork('speech-conv', { shape: [8000, 1], classes: 3 }) ?? emptyNetwork
  const preprocessing = {
    shape: [8000, 1],
    divisor: 1,
    floats: { low: -1, high: 1 },
    sound: { rate: 8000, length: 8000 },
  }
  const listed = [run({ id: 'a', number: 7, state: 'finished', network: heard, stepsDone: 844, preprocessing })]
  const sound = { shape: [8000, 1], pixels: new Uint8Array(8000).fill(127) }

  it('filters are columns, or strips of all channels', async () => {
    const { bridge, shown } = await show(listed)
    bridge.answers.readFilters = ({ node }: { node: string }) => {
      return { node, shape: [3, 2, 4], values: new Float32Array(24).fill(0.5), step: 844 }
    }
    await vi.waitFor(() => expect(bridge.named('readFilters')).not.toHaveLength(0))
    await shown.findAll('.network-map button')[5]?.trigger('click')
    await vi.waitFor(() => expect(shown.text()).toContain('4 filters · 3 values long · 2 input channels'))
    expect(shown.findAll('.pw-mosaic__tile')).toHaveLength(4)
    expect(shown.find('[aria-label="Input channel"]').text()).toBe('All 2 as a strip')
  })

  it('an own file is a sound, with what was made of its windows, and no negative', async () => {
    const { bridge, shown, press } = await show(listed)
    bridge.answers.guessFile = () => {
      return { ...sample(null, null, 2), ...sound, windows: { count: 3, start: 2, seconds: 1 } }
    }
    await press(/^Best guesses/)
    expect(inspector()?.textContent).toContain('Your own sound')
    const file = new File([Uint8Array.of(1)], 'bird.wav')
    await shown.find('.pw-drop').trigger('drop', { dataTransfer: { types: ['Files'], files: [file] } })
    await flushPromises()
    expect(inspector()?.textContent).toContain('Mean over 3 windows of 1 s')
    expect(inspector()?.textContent).not.toContain('Invert')
    expect(inspector()?.querySelector('[aria-label="Play"]')).not.toBeNull()
  })
})

describe('without a trained network', () => {
  it.each([
    ['nothing was trained', [], 'No trained network yet'],
    ['a run is only beginning', [run({ state: 'preparing' })], 'The training is just beginning'],
    ['the shown run has no weights but another has', [run({ id: 'b', number: 8, state: 'failed' }), finished], 'Run 8'],
  ])('it says what to do when %s', async (_name, listed, words) => {
    const { shown } = await show(listed)
    expect(shown.text()).toContain(words)
    expect(shown.find('.pw-tabs').exists()).toBe(false)
  })
})
