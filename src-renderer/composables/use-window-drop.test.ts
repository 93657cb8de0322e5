import { mount } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, h, shallowRef } from 'vue'
import { useWindowDrop } from './use-window-drop'

const enabled = shallowRef(true)
const take = vi.fn()

function mountDrop() {
  return mount(
    defineComponent({
      setup() {
        const dragging = useWindowDrop(take, enabled)
        return () => h('p', String(dragging.value))
      },
    }),
  )
}

/** An event as the browser sends it; `types` empty: text is dragged, not files. */
function drag(
  type: string,
  part: { types?: string[]; files?: File[]; relatedTarget?: EventTarget | null } = {},
): Event {
  const event = new Event(type, { bubbles: true, cancelable: true })
  Object.assign(event, {
    dataTransfer: { types: part.types ?? ['Files'], files: part.files ?? [], dropEffect: 'none' },
    relatedTarget: part.relatedTarget ?? null,
  })
  return event
}

let wrapper: ReturnType<typeof mountDrop>

afterEach(() => {
  wrapper.unmount()
  enabled.value = true
  take.mockReset()
})

describe('useWindowDrop', () => {
  it('shows that files hang over the window until they leave it', async () => {
    wrapper = mountDrop()
    window.dispatchEvent(drag('dragenter'))
    window.dispatchEvent(drag('dragleave', { relatedTarget: document.body }))
    await wrapper.vm.$nextTick()
    expect(wrapper.text()).toBe('true')
    window.dispatchEvent(drag('dragleave'))
    await wrapper.vm.$nextTick()
    expect(wrapper.text()).toBe('false')
  })

  it('takes dropped files and keeps the window from opening them', async () => {
    wrapper = mountDrop()
    const files = [new File([], 'a'), new File([], 'b')]
    window.dispatchEvent(drag('dragover'))
    const drop = drag('drop', { files })
    window.dispatchEvent(drop)
    await wrapper.vm.$nextTick()
    expect(take).toHaveBeenCalledExactlyOnceWith(files)
    expect(drop.defaultPrevented).toBe(true)
    expect(wrapper.text()).toBe('false')
  })

  it.each([
    ['text is dragged', true, ['text/plain'], [new File([], 'a')]],
    ['it is switched off', false, ['Files'], [new File([], 'a')]],
    ['nothing is in the drop', true, ['Files'], []],
  ])('takes nothing where %s', (_name, on, types, files) => {
    wrapper = mountDrop()
    enabled.value = on
    window.dispatchEvent(drag('dragover', { types }))
    window.dispatchEvent(drag('drop', { types, files }))
    expect(take).not.toHaveBeenCalled()
  })

  it('leaves a drop to the place that takes it', async () => {
    wrapper = mountDrop()
    const place = document.body.appendChild(document.createElement('div'))
    place.addEventListener('drop', (event) => event.stopPropagation())
    place.dispatchEvent(drag('dragover'))
    place.dispatchEvent(drag('drop', { files: [new File([], 'a')] }))
    await wrapper.vm.$nextTick()
    expect(take).not.toHaveBeenCalled()
    expect(wrapper.text()).toBe('false')
    place.remove()
  })

  it('hears nothing any more when its component is gone', () => {
    wrapper = mountDrop()
    wrapper.unmount()
    window.dispatchEvent(drag('drop', { files: [new File([], 'a')] }))
    expect(take).not.toHaveBeenCalled()
  })
})
