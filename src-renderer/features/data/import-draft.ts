import { usualSpectrogram, type ImportSettings, type SpectrogramChoice } from '@shared/data/import'

/** A number of a form: null follows the data, undefined is something that cannot be read. */
export type Typed = number | null | undefined

type Plain =
  'classFolders' | 'partFolders' | 'resize' | 'frames' | 'slices' | 'volumeFit' | 'soundChannels' | 'rest' | 'seed'

/** Import settings as a form holds them. */
export interface ImportDraft extends Pick<ImportSettings, Plain> {
  as: 'auto' | 'pictures' | 'sounds' | 'volumes'
  labelPattern: string
  groupPattern: string
  height: Typed
  width: Typed
  channels: 'auto' | '1' | '3'
  /** Of volumes. */
  depth: Typed
  rows: Typed
  columns: Typed
  rate: Typed
  seconds: Typed
  hop: Typed
  sounds: 'raw' | SpectrogramChoice['bands']
  spectrogram: Omit<SpectrogramChoice, 'bands'>
  normalize: 'auto' | 'on' | 'off'
  /** In percent. */
  test: number
  validation: Typed
}

/** A form that shows some settings. */
export function draftOf(settings: ImportSettings): ImportDraft {
  const { as, size, volumeSize, channels, rate, seconds, hop, normalize, testShare, validationShare } = settings
  const { bands, ...spectrogram } = settings.spectrogram ?? usualSpectrogram
  const { classFolders, partFolders, resize, frames, slices, volumeFit, soundChannels, rest, seed } = settings
  return {
    ...{ classFolders, partFolders, resize, frames, slices, volumeFit, soundChannels, rest, seed },
    as: as ?? 'auto',
    labelPattern: settings.labelPattern ?? '',
    groupPattern: settings.groupPattern ?? '',
    height: size?.[0] ?? null,
    width: size?.[1] ?? null,
    channels: channels === null ? 'auto' : channels === 1 ? '1' : '3',
    depth: volumeSize?.[0] ?? null,
    rows: volumeSize?.[1] ?? null,
    columns: volumeSize?.[2] ?? null,
    rate,
    seconds,
    hop,
    sounds: settings.spectrogram ? bands : 'raw',
    spectrogram,
    normalize: normalize === null ? 'auto' : normalize ? 'on' : 'off',
    test: inPercent(testShare),
    validation: validationShare === null ? null : inPercent(validationShare),
  }
}

function inPercent(share: number): number {
  return Math.round(share * 1000) / 10
}

/** The settings that a form holds, `before` for what it does not show; undefined while something cannot be read. */
export function settingsOf(draft: ImportDraft, before: ImportSettings): ImportSettings | undefined {
  const { height, width, depth, rows, columns, rate, seconds, hop, validation, test, ...chosen } = draft
  const { as, channels, sounds, spectrogram, normalize, labelPattern, groupPattern, ...plain } = chosen
  if (rate === undefined || seconds === undefined || hop === undefined || validation === undefined) return undefined
  const size = sidesOf(height, width)
  const volumeSize = sidesOf(depth, rows, columns)
  if (!size || !volumeSize) return undefined
  const [first, second] = size
  const [front, top, left] = volumeSize
  return {
    ...before,
    ...plain,
    as: as === 'auto' ? null : as,
    labelPattern: labelPattern.trim() || null,
    groupPattern: groupPattern.trim() || null,
    size: first === undefined || second === undefined ? null : [first, second],
    channels: channels === 'auto' ? null : channels === '1' ? 1 : 3,
    volumeSize: front === undefined || top === undefined || left === undefined ? null : [front, top, left],
    rate,
    seconds,
    hop,
    spectrogram: sounds === 'raw' ? null : { bands: sounds, ...spectrogram },
    normalize: normalize === 'auto' ? null : normalize === 'on',
    testShare: test / 100,
    validationShare: validation === null ? null : validation / 100,
  }
}

/** Sides that are not given are as long as the first that is; none where none is. Undefined: one cannot be read. */
function sidesOf(...typed: Typed[]): readonly number[] | undefined {
  if (typed.includes(undefined)) return undefined
  const given = typed.find((side) => typeof side === 'number')
  return given === undefined || given === null ? [] : typed.map((side) => side ?? given)
}
