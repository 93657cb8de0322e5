import { mount, type VueWrapper } from '@vue/test-utils'
import { TooltipProvider } from 'reka-ui'
import { defineComponent, h, shallowRef, type Component } from 'vue'
import { i18n } from '@/i18n'

/**
 * Mounts a component of the kit with what the app puts around it (texts, tooltips), bound both ways: what it says by
 * `update:x` comes back as its property `x`.
 */
export function mountInApp(
  component: Component,
  props: Record<string, unknown> = {},
  slots: Record<string, () => unknown> = {},
): { wrapper: VueWrapper; props: Record<string, unknown>; emitted: [string, ...unknown[]][] } {
  const current = shallowRef<Record<string, unknown>>({ ...props })
  const emitted: [string, ...unknown[]][] = []
  const listeners = Object.fromEntries(
    ['update:modelValue', 'update:selected', 'update:open', 'click', 'choose', 'open', 'files', 'visible', 'enter'].map(
      (name) => [
        `on${name.charAt(0).toUpperCase()}${name.slice(1)}`,
        (...values: unknown[]) => {
          emitted.push([name, ...values])
          if (name.startsWith('update:'))
            current.value = { ...current.value, [name.slice('update:'.length)]: values[0] }
        },
      ],
    ),
  )
  const host = defineComponent(
    () => () => h(TooltipProvider, null, { default: () => h(component, { ...current.value, ...listeners }, slots) }),
  )
  const wrapper = mount(host, { attachTo: document.body, global: { plugins: [i18n] } })
  const live = new Proxy<Record<string, unknown>>(
    {},
    {
      get: (_, name: string) => current.value[name],
      set(_, name: string, value) {
        current.value = { ...current.value, [name]: value }
        return true
      },
    },
  )
  return { wrapper, props: live, emitted }
}
