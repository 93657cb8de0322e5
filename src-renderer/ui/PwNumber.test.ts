import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { chooseLanguage } from '@/i18n'
import PwField from './PwField.vue'
import PwNumber from './PwNumber.vue'
import { mountInApp } from './testing/mount'
import { enableAutoUnmount } from '@vue/test-utils'
import { h } from 'vue'

enableAutoUnmount(afterEach)
beforeEach(() => chooseLanguage('en'))

async function type(text: string, key: string, props: Record<string, unknown> = {}) {
  const mounted = mountInApp(PwNumber, { modelValue: 32, label: 'Filters', ...props })
  const input = mounted.wrapper.get('input')
  await input.setValue(text)
  await input.trigger(key === 'blur' ? 'blur' : 'keydown', key === 'blur' ? {} : { key })
  return { ...mounted, input }
}

describe('PwNumber', () => {
  it.each([
    ['64', 'Enter', {}, 64],
    ['64', 'blur', {}, 64],
    ['0,5', 'blur', {}, 0.5],
    ['32', 'ArrowUp', {}, 33],
    ['40', 'ArrowDown', { step: 10 }, 30],
    ['1', 'ArrowDown', { min: 1 }, 1],
    ['32', 'PageUp', { max: 40 }, 40],
  ])('%j and %s with %o give %d', async (text, key, props, value) => {
    const { props: bound, input } = await type(text, key, props)
    expect(bound['modelValue']).toBe(value)
    expect(input.element.value).toBe(String(value))
  })

  it.each([
    ['many', {}],
    ['1.5', { integer: true }],
    ['0', { min: 1 }],
    ['65', { max: 64 }],
  ])('keeps the old value and marks itself when given %j under %o', async (text, props) => {
    const { props: bound, input, emitted } = await type(text, 'Enter', props)
    expect(bound['modelValue']).toBe(32)
    expect(emitted).toEqual([])
    expect(input.element.value).toBe('32')
    expect(input.attributes('aria-invalid')).toBe('true')
  })

  it('tells assistive technology small numbers without a power of ten', () => {
    const { wrapper } = mountInApp(PwNumber, { modelValue: 1e-7, min: 1e-12, label: 'Epsilon' })
    expect(wrapper.get('input').attributes('aria-valuenow')).toBe('0.0000001')
    expect(wrapper.get('input').attributes('aria-valuemin')).toBe('0.000000000001')
    expect(wrapper.get('input').attributes('aria-valuemax')).toBeUndefined()
  })

  it('does not change on a keystroke alone, and Escape takes it back', async () => {
    const { props: bound, input } = await type('99', 'Escape')
    expect(bound['modelValue']).toBe(32)
    expect(input.element.value).toBe('32')
  })

  it('tells its field why, until a good value comes', async () => {
    const { wrapper } = mountInApp(
      PwField,
      { label: 'Filters' },
      { default: () => h(PwNumber, { modelValue: 32, min: 1, integer: true }) },
    )
    const input = wrapper.get('input')
    await input.setValue('0')
    await input.trigger('keydown', { key: 'Enter' })
    const alert = wrapper.get('[role=alert]')
    expect(alert.text()).toBe('At least 1.')
    expect(input.attributes('aria-describedby')).toBe(alert.attributes('id'))
    await input.setValue('3')
    await input.trigger('keydown', { key: 'Enter' })
    expect(wrapper.find('[role=alert]').exists()).toBe(false)
  })

  it('follows its value and the language', async () => {
    const { props, wrapper } = mountInApp(PwNumber, { modelValue: 0.5 })
    props['modelValue'] = 0.25
    chooseLanguage('ru')
    await wrapper.vm.$nextTick()
    expect(wrapper.get('input').element.value).toBe('0,25')
  })
})
