import { AppError } from '@shared/ipc/errors'
import {
  noAugmentation,
  type AugmentationPreview,
  type AugmentationPreviewRequest,
} from '@shared/training/augmentation'
import { initialSettings } from '@shared/project/settings'
import { enableAutoUnmount, flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { TooltipProvider } from 'reka-ui'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { h } from 'vue'
import { i18n } from '@/i18n'
import { useDatasetStore } from '@/stores/dataset'
import { useEngineStore } from '@/stores/engine'
import { installFakeBridge } from '@/stores/testing/fake-bridge'
import { digits } from '@/stores/testing/samples'
import { useTrainingStore } from '@/stores/training'
import AugmentationPanel from './AugmentationPanel.vue'

/** The engine's answer: samples of one byte, brighter by 10 in each epoch. */
function preview({ samples, augmentation, epoch, seed }: AugmentationPreviewRequest): AugmentationPreview {
  const positions = typeof samples === 'number' ? Array.from({ length: samples }, (_, n) => seed * 100 + n) : samples
  const before = Uint8Array.from(positions, () => 50)
  const mixes = augmentation.steps.some(({ kind }) => kind === 'mixup')
  return {
    shape: [1, 1, 1],
    rate: null,
    indices: Uint32Array.from(positions),
    labels: Uint32Array.from(positions, () => 1),
    before,
    after: before.map((value) => value + 10 * epoch),
    mixed: mixes
      ? { labels: Uint32Array.from(positions, () => 2), shares: Float32Array.from(positions, () => 0.75) }
      : null,
  }
}

async function show(shape: number[] = [1, 1, 1], answer: (request: AugmentationPreviewRequest) => unknown = preview) {
  const bridge = installFakeBridge({
    openDataset: () => digits({ shape, counts: { train: [3, 0, 0], test: [1, 0, 0] } }),
    readSettings: () => initialSettings,
    writeSettings: (settings: unknown) => settings,
    engineState: () => ({ state: 'ready', device: null, error: null, restarts: 0 }),
    previewAugmentation: answer,
  })
  const pinia = createPinia()
  setActivePinia(pinia)
  const training = useTrainingStore()
  await useEngineStore().load()
  useDatasetStore().restore({ kind: 'sample', id: 'mnist' })
  await flushPromises()
  const shown = mount(() => h(TooltipProvider, () => h(AugmentationPanel)), {
    global: { plugins: [pinia, i18n] },
    attachTo: document.body,
  })
  const press = async (name: RegExp) => {
    const buttons = [...document.querySelectorAll<HTMLElement>('button, [role=menuitem], [role=switch]')]
    const wanted = buttons.find((one) => name.test(one.getAttribute('aria-label') ?? one.textContent ?? ''))
    if (!wanted) throw new Error(`there is no ${name}`)
    wanted.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, button: 0 }))
    wanted.click()
    await flushPromises()
  }
  const asked = () => bridge.named('previewAugmentation').map((one) => one as AugmentationPreviewRequest)
  const kinds = () => training.settings.augmentation.steps.map(({ kind }) => kind)
  return { shown, press, asked, kinds, training }
}

beforeEach(() => {
  i18n.global.locale.value = 'en'
})
enableAutoUnmount(afterEach)

describe('the settings', () => {
  it('begin with none, and offer a ready choice for the kind of data', async () => {
    const { shown, press, kinds, training } = await show([8000, 1])
    expect(shown.findAll('.step-card')).toHaveLength(0)
    await press(/^Usual for sounds/)
    expect(kinds()).toEqual(['time-shift', 'gain', 'white-noise'])
    expect(shown.findAll('.step-card')).toHaveLength(3)
    await press(/^Remove all/)
    expect(training.settings.augmentation).toEqual(noAugmentation)
  })

  it('offer what fits the data alone, and what is not listed yet', async () => {
    const { press, kinds } = await show([4, 4, 4, 1])
    await press(/^Add…/)
    const offered = [...document.querySelectorAll('[role=menuitem]')].map((one) => one.textContent?.trim())
    expect(offered).toContain('Tilt')
    expect(offered).not.toContain('Hue')
    expect(offered).not.toContain('Loudness')
    await press(/^Tilt/)
    expect(kinds()).toEqual(['tilt'])
  })

  it('keep what is switched off, with its values', async () => {
    const { shown, press, kinds, training } = await show()
    training.change({
      augmentation: { ...noAugmentation, steps: [{ kind: 'rotation', probability: 0.5, values: { degrees: 30 } }] },
    })
    await flushPromises()
    await press(/^Rotate: on/)
    expect(kinds()).toEqual([])
    expect(shown.find('.step-card--off').text()).toContain('30°, 50%')
    await press(/^Rotate: on/)
    expect(training.settings.augmentation.steps).toEqual([
      { kind: 'rotation', probability: 0.5, values: { degrees: 30 } },
    ])
    await press(/^Reset Rotate/)
    expect(training.settings.augmentation.steps).toEqual([
      { kind: 'rotation', probability: 1, values: { degrees: 15 } },
    ])
    await press(/^Remove Rotate/)
    expect(shown.findAll('.step-card')).toHaveLength(0)
  })

  it.each([
    ['flip', [1, 1, 1], 'Make sure that a mirrored sample still shows the same class.'],
    ['gain', [1, 1, 1], 'It cannot be done to samples of this kind, and is left out.'],
    ['of-tomorrow', [1, 1, 1], 'This version of Patchwork does not know it. Remove it to train.'],
  ])('warn of %s on samples %j', async (kind, shape, words) => {
    const { shown, training } = await show(shape)
    training.change({ augmentation: { ...noAugmentation, steps: [{ kind, probability: 1, values: {} }] } })
    await flushPromises()
    expect(shown.find('.step-card__warning').text()).toBe(words)
  })
})

describe('the live picture', () => {
  it('shows samples as they are, and in four epochs once something is done to them', async () => {
    const { shown, press, asked } = await show()
    await vi.waitFor(() => expect(shown.findAll('tbody tr')).toHaveLength(3))
    expect(shown.findAll('thead th').map((one) => one.text())).toEqual(['Original'])
    await press(/^Usual for pictures/)
    await vi.waitFor(() => expect(shown.findAll('thead th')).toHaveLength(5))
    const last = asked().slice(-4)
    expect(last.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4])
    expect(last.map(({ seed }) => seed)).toEqual([1, 1, 1, 1])
    expect(new Set(last.map(({ samples }) => JSON.stringify(samples)))).toEqual(new Set(['[0,1,2]']))
  })

  it('draws the same samples anew by the next seed, and others but for those that are pinned', async () => {
    const { shown, press, asked } = await show()
    await vi.waitFor(() => expect(shown.findAll('tbody tr')).toHaveLength(3))
    await press(/^Again/)
    await vi.waitFor(() => expect(asked().at(-1)).toMatchObject({ seed: 2, samples: [0, 1, 2] }))
    expect(shown.text()).toContain('seed 2')
    await press(/^Back to the seed of the next run/)
    await press(/^Pin sample 2$/)
    await press(/^Other samples/)
    await vi.waitFor(() => expect(asked().at(-1)).toMatchObject({ seed: 1, samples: [2, 100, 101] }))
  })

  it('tells both classes of a mixed sample and their shares', async () => {
    const { shown, training } = await show()
    training.change({ augmentation: { ...noAugmentation, steps: [{ kind: 'mixup', probability: 1, values: {} }] } })
    await vi.waitFor(() => expect(shown.text()).toContain('75%\u00a0one + 25%\u00a0two'))
  })

  it('says what went wrong', async () => {
    const { shown } = await show([1, 1, 1], () => {
      throw new AppError('augmentation-unknown', { kind: 'of-tomorrow' })
    })
    await vi.waitFor(() => expect(shown.text()).toContain('There is no augmentation “of-tomorrow” here.'))
  })
})
