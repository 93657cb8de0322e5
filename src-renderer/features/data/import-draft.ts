import type { ImportSettings } from '@shared/data/import'

/** A number of a form: null follows the data, undefined is something that cannot be read. */
export type Typed = number | null | undefined

/** Import settings as a form holds them. */
export interface ImportDraft {
  as: 'auto' | 'pictures' | 'sounds' | 'volumes'
  classFolders: ImportSettings['classFolders']
  labelPattern: string
  groupPattern: string
  height: Typed
  width: Typed
  channels: 'auto' | '1' | '3'
  rate: Typed
  seconds: Typed
  /** In percent. */
  test: number
  seed: number
}

/** A form that shows some settings. */
export function draftOf(settings: ImportSettings): ImportDraft {
  const { as, classFolders, labelPattern, groupPattern, size, channels, rate, seconds, testShare, seed } = settings
  return {
    as: as ?? 'auto',
    classFolders,
    labelPattern: labelPattern ?? '',
    groupPattern: groupPattern ?? '',
    height: size?.[0] ?? null,
    width: size?.[1] ?? null,
    channels: channels === null ? 'auto' : channels === 1 ? '1' : '3',
    rate,
    seconds,
    test: Math.round(testShare * 1000) / 10,
    seed,
  }
}

/** The settings that a form holds, `before` for what it does not show; undefined while something cannot be read. */
export function settingsOf(draft: ImportDraft, before: ImportSettings): ImportSettings | undefined {
  const { as, classFolders, height, width, channels, rate, seconds, test, seed } = draft
  if (height === undefined || width === undefined || rate === undefined || seconds === undefined) return undefined
  // One side alone means a square.
  const rows = height ?? width
  const columns = width ?? height
  return {
    ...before,
    as: as === 'auto' ? null : as,
    classFolders,
    labelPattern: draft.labelPattern.trim() || null,
    groupPattern: draft.groupPattern.trim() || null,
    size: rows === null || columns === null ? null : [rows, columns],
    channels: channels === 'auto' ? null : channels === '1' ? 1 : 3,
    rate,
    seconds,
    testShare: test / 100,
    seed,
  }
}
