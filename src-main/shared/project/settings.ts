import { z } from 'zod'

/** What a person set for the whole program, not for one project. */
export const AppSettings = z.object({
  theme: z.enum(['system', 'light', 'dark']),
  language: z.enum(['system', 'en', 'ru']),
  /** Sizes and choices of the window's panels by name, as the renderer's layout store keeps them. */
  layout: z.record(z.string().max(64), z.union([z.number(), z.string().max(200), z.boolean()])),
})
export type AppSettings = z.output<typeof AppSettings>

export const initialSettings: AppSettings = { theme: 'system', language: 'system', layout: {} }
