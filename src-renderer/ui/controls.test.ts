import { enableAutoUnmount } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import PwButton from './PwButton.vue'
import PwDropZone from './PwDropZone.vue'
import PwSegmented from './PwSegmented.vue'
import PwSize from './PwSize.vue'
import PwSplitter from './PwSplitter.vue'
import PwText from './PwText.vue'
import { mountInApp } from './testing/mount'

enableAutoUnmount(afterEach)

describe('PwButton', () => {
  it.each([
    [{}, 1],
    [{ disabled: true }, 0],
    [{ disabledReason: 'Load data first.' }, 0],
    [{ busy: true }, 0],
  ])('with %o a click is told %d times', async (props, times) => {
    const { wrapper, emitted } = mountInApp(PwButton, props, { default: () => 'Train' })
    await wrapper.get('button').trigger('click')
    expect(emitted.length).toBe(times)
    expect(wrapper.get('button').attributes('aria-disabled')).toBe(times ? undefined : 'true')
  })

  it('stays in the tab order with a reason, so that the reason can be read', () => {
    const { wrapper } = mountInApp(PwButton, { disabledReason: 'Load data first.' }, { default: () => 'Train' })
    expect(wrapper.get('button').attributes('disabled')).toBeUndefined()
  })
})

describe('PwSize', () => {
  async function set(values: number[], axis: number, text: string) {
    const mounted = mountInApp(PwSize, { modelValue: values, label: 'Kernel', max: 64 })
    const input = mounted.wrapper.findAll('input')[axis]!
    await input.setValue(text)
    await input.trigger('blur')
    return mounted
  }

  it.each([
    [[3, 3], 0, '5', [5, 5]],
    [[3, 5], 0, '7', [7, 5]],
    [[3, 5, 7], 2, '1', [3, 5, 1]],
    [[3, 3], 1, '65', [3, 3]],
  ])('%j, axis %d set to %s gives %j', async (values, axis, text, expected) => {
    const { props } = await set(values, axis, text)
    expect(props['modelValue']).toEqual(expected)
  })

  it('linking makes all sides like the first, and unlinking lets them differ', async () => {
    const { wrapper, props } = mountInApp(PwSize, { modelValue: [3, 5], label: 'Kernel' })
    const link = wrapper.get('button[aria-pressed]')
    expect(link.attributes('aria-pressed')).toBe('false')
    await link.trigger('click')
    expect(props['modelValue']).toEqual([3, 3])
    await link.trigger('click')
    const input = wrapper.findAll('input')[1]!
    await input.setValue('4')
    await input.trigger('blur')
    expect(props['modelValue']).toEqual([3, 4])
  })

  it('names each number by its axis', () => {
    const { wrapper } = mountInApp(PwSize, { modelValue: [3, 5], label: 'Kernel' })
    expect(wrapper.findAll('input').map((input) => input.attributes('aria-label'))).toEqual([
      'Kernel, height',
      'Kernel, width',
    ])
  })
})

describe('PwSegmented', () => {
  it('chooses by click and shows what is chosen', async () => {
    const options = [
      { value: 'valid', label: 'valid' },
      { value: 'same', label: 'same' },
    ]
    const { wrapper, props } = mountInApp(PwSegmented, { modelValue: 'valid', label: 'Padding', options })
    await wrapper.findAll('[role=radio]')[1]!.trigger('click')
    expect(props['modelValue']).toBe('same')
    expect(wrapper.findAll('[role=radio]').map((item) => item.attributes('aria-checked'))).toEqual(['false', 'true'])
  })
})

describe('PwText', () => {
  it.each([
    [{ live: false }, 'input', ''],
    [{ live: false }, 'blur', 'pool'],
    [{ live: true }, 'input', 'pool'],
  ])('%o tells of a text at %s', async (options, event, expected) => {
    const { wrapper, props } = mountInApp(PwText, { modelValue: '', ...options })
    await wrapper.get('input').setValue('pool')
    if (event === 'blur') await wrapper.get('input').trigger('blur')
    expect(props['modelValue']).toBe(expected)
  })

  it('a search is cleared by Escape, and the key goes no further then', async () => {
    const { wrapper, props } = mountInApp(PwText, { modelValue: 'pool', type: 'search', live: true })
    await wrapper.get('input').trigger('keydown', { key: 'Escape' })
    expect(props['modelValue']).toBe('')
  })
})

describe('PwSplitter', () => {
  it.each([
    [{ side: 'start' }, 'ArrowRight', 316],
    [{ side: 'start' }, 'ArrowLeft', 284],
    [{ side: 'end' }, 'ArrowRight', 284],
    [{ side: 'end', direction: 'vertical' }, 'ArrowUp', 316],
    [{ side: 'end' }, 'Home', 200],
    [{ side: 'end' }, 'End', 400],
    [{ side: 'end', modelValue: 395 }, 'ArrowLeft', 400],
    [{ side: 'end' }, 'ArrowUp', 300],
  ])('%o and %s: %d', async (options, key, expected) => {
    const { wrapper, props } = mountInApp(PwSplitter, {
      modelValue: 300,
      min: 200,
      max: 400,
      label: 'Resize',
      ...options,
    })
    await wrapper.get('[role=separator]').trigger('keydown', { key })
    expect(props['modelValue']).toBe(expected)
  })

  it('says its size within its bounds even when a remembered one is out of them', () => {
    const { wrapper } = mountInApp(PwSplitter, { modelValue: 9000, min: 200, max: 400, label: 'Resize' })
    expect(wrapper.get('[role=separator]').attributes('aria-valuenow')).toBe('400')
  })
})

describe('PwDropZone', () => {
  function drag(files: File[], types = ['Files']) {
    return { dataTransfer: { types, files, dropEffect: 'none' } }
  }

  it('takes files and shows that it would', async () => {
    const { wrapper, emitted } = mountInApp(PwDropZone, { label: 'Drop to add' })
    const zone = wrapper.get('.pw-drop')
    await zone.trigger('dragenter', drag([]))
    expect(wrapper.text()).toBe('Drop to add')
    const file = new File(['x'], 'digits.idx')
    await zone.trigger('drop', drag([file]))
    expect(emitted).toEqual([['files', [file]]])
    expect(wrapper.text()).toBe('')
  })

  it.each([
    ['text', {}, drag([], ['text/plain'])],
    ['files while it is disabled', { disabled: true }, drag([new File([], 'a')])],
  ])('leaves %s alone', async (_, props, event) => {
    const { wrapper, emitted } = mountInApp(PwDropZone, { label: 'Drop to add', ...props })
    await wrapper.get('.pw-drop').trigger('dragenter', event)
    await wrapper.get('.pw-drop').trigger('drop', event)
    expect(emitted).toEqual([])
    expect(wrapper.find('.pw-drop__veil').exists()).toBe(false)
  })

  it('counts children: leaving one of them is not leaving the zone', async () => {
    const { wrapper } = mountInApp(PwDropZone, { label: 'Drop to add' })
    const zone = wrapper.get('.pw-drop')
    await zone.trigger('dragenter', drag([]))
    await zone.trigger('dragenter', drag([]))
    await zone.trigger('dragleave', drag([]))
    expect(wrapper.find('.pw-drop__veil').exists()).toBe(true)
    await zone.trigger('dragleave', drag([]))
    expect(wrapper.find('.pw-drop__veil').exists()).toBe(false)
  })
})
