import { initialSettings, type AppSettings } from '@shared/project/settings'
import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { api, on } from '@/api'
import { useNoticesStore } from './notices'

/** What a person set for the whole program: theme, language, panel sizes. */
export const useSettingsStore = defineStore('settings', () => {
  const settings = shallowRef<AppSettings>(initialSettings)

  /** Reads the settings and follows changes from other windows and the native menu; returns the end of following. */
  async function load(): Promise<() => void> {
    settings.value = await api.readSettings({})
    return on('settings', (changed) => {
      settings.value = changed
    })
  }

  async function change(part: Partial<AppSettings>): Promise<void> {
    settings.value = { ...settings.value, ...part }
    await useNoticesStore().attempt(() => api.writeSettings(settings.value))
  }

  return { settings, load, change }
})
