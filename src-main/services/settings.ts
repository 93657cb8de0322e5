import type { AppSettings } from '@shared/project/settings'
import type { Stored } from './stored'

export interface Settings {
  read(): AppSettings
  /** Keeps the settings and tells everyone who follows them. */
  write(settings: AppSettings): AppSettings
  onChange(listener: (settings: AppSettings) => void): () => void
}

/** What a person set for the whole program. */
export function createSettings(kept: Stored<AppSettings>): Settings {
  const listeners = new Set<(settings: AppSettings) => void>()
  return {
    read: () => kept.read(),
    write(settings) {
      kept.write(settings)
      for (const listener of listeners) listener(settings)
      return settings
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
