import { usePreferredDark } from '@vueuse/core'
import { computed, readonly, shallowRef, watch } from 'vue'

export type ThemeChoice = 'system' | 'light' | 'dark'
export type Theme = 'light' | 'dark'

const choice = shallowRef<ThemeChoice>('system')
const shown = shallowRef<Theme>('light')

/** The theme on screen now. Anything drawn outside CSS (a canvas) reads its colours again when this changes. */
export const theme = readonly(shown)

/** Sets what the person chose; `system` follows the desktop. */
export function chooseTheme(next: ThemeChoice): void {
  choice.value = next
}

/** Keeps `data-theme` of the page in step with the choice and the desktop. Called once, by the app. */
export function useThemeOnPage(): void {
  const desktopDark = usePreferredDark()
  const wanted = computed<Theme>(() => {
    if (choice.value !== 'system') return choice.value
    return desktopDark.value ? 'dark' : 'light'
  })
  watch(
    wanted,
    (value) => {
      document.documentElement.dataset.theme = value
      shown.value = value
    },
    { immediate: true },
  )
}

/** A token's present value, `#rrggbb` for colours: for drawings that CSS does not reach. */
export function token(name: `--${string}`): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim()
}
