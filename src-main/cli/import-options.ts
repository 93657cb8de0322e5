import { InvalidArgumentError, Option, type Command } from 'commander'
import { ClassFolders, ImportSettings, SpectrogramChoice, usualImport, usualSpectrogram } from '@shared/data/import'
import { ResizeMode } from '@shared/data/preprocessing'
import type { Translate } from '../services/texts'
import { oneOf, realNumber, wholeNumber } from './arguments'

/** The settings as commander gives them, besides those that it gives as they are. */
type Written = 'channels' | 'testShare' | 'validationShare' | 'spectrogram'

export interface ImportOptions extends Partial<Omit<ImportSettings, Written>> {
  readonly out: string
  readonly channels?: '1' | '3'
  readonly test?: number
  readonly validation?: number
  readonly spectrogram?: SpectrogramChoice['bands']
  readonly spectrogramBands?: number
  readonly spectrogramWindow?: number
  readonly spectrogramHop?: number
  readonly spectrogramRange?: number
  readonly plan?: boolean
  readonly anew?: boolean
  readonly json?: boolean
  readonly verbose?: boolean
}

const { shape: known } = ImportSettings
const { shape: knownOfSpectrogram } = SpectrogramChoice

/** Adds the command to the program. */
export function addImport(program: Command, text: Translate): Command {
  const option = (flags: string, name: string, values: Parameters<Translate>[1] = {}) =>
    new Option(flags, text(`import.options.${name}`, values))
  const choice = (flags: string, name: string, names: readonly string[], initial = '') =>
    option(flags, name, { names: names.join(', '), initial }).argParser(oneOf(text, names))
  const share = (flags: string, name: string, values: Parameters<Translate>[1] = {}) =>
    option(flags, name, values).argParser(realNumber(text, { min: 0, max: 0.9 }))
  const seconds = (flags: string, name: string) =>
    option(flags, name).argParser(realNumber(text, { min: 0, max: 600, open: true }))
  const usual = usualImport
  const sound = usualSpectrogram
  const options = [
    option('--out <folder>', 'out').makeOptionMandatory(),
    option('--plan', 'plan'),
    option('--anew', 'anew'),
    choice('--as <kind>', 'as', known.as.unwrap().options),
    option('--title <text>', 'title'),
    choice('--class-folders <which>', 'classFolders', ClassFolders.options, usual.classFolders),
    choice('--part-folders <what>', 'partFolders', known.partFolders.unwrap().options, usual.partFolders),
    option('--label-pattern <regexp>', 'labelPattern'),
    option('--group-pattern <regexp>', 'groupPattern'),
    option('--size <height>x<width>', 'size').argParser(sizes(text, 2, 'import.sizeForm')),
    choice('--resize <mode>', 'resize', ResizeMode.options, usual.resize),
    choice('--channels <n>', 'channels', ['1', '3']),
    choice('--frames <which>', 'frames', known.frames.unwrap().options, usual.frames),
    option('--slices', 'slices'),
    option('--volume-size <depth>x<height>x<width>', 'volumeSize').argParser(sizes(text, 3, 'import.volumeSizeForm')),
    choice('--volume-fit <how>', 'volumeFit', known.volumeFit.unwrap().options, usual.volumeFit),
    option('--rate <n>', 'rate').argParser(wholeNumber(text, 100, 384_000)),
    choice('--sound-channels <which>', 'soundChannels', known.soundChannels.unwrap().options, usual.soundChannels),
    seconds('--seconds <x>', 'seconds'),
    seconds('--hop <x>', 'hop'),
    choice('--rest <what>', 'rest', known.rest.unwrap().options, usual.rest),
    choice('--spectrogram <bands>', 'spectrogram', knownOfSpectrogram.bands.options),
    option('--spectrogram-bands <n>', 'spectrogramBands', { initial: sound.count }).argParser(
      wholeNumber(text, 4, 512),
    ),
    option('--spectrogram-window <ms>', 'spectrogramWindow', { initial: sound.window }).argParser(
      realNumber(text, { min: 1, max: 1000 }),
    ),
    option('--spectrogram-hop <ms>', 'spectrogramHop', { initial: sound.hop }).argParser(
      realNumber(text, { min: 0.5, max: 1000 }),
    ),
    option('--spectrogram-range <db>', 'spectrogramRange', { initial: sound.range }).argParser(
      realNumber(text, { min: 1, max: 200 }),
    ),
    option('--normalize', 'normalize'),
    option('--no-normalize', 'noNormalize'),
    share('--test <share>', 'test', { initial: usual.testShare }),
    share('--validation <share>', 'validation'),
    option('--seed <n>', 'seed', { initial: usual.seed }).argParser(wholeNumber(text, 0, 2 ** 31 - 1)),
  ]
  const command = program
    .command('import')
    .argument('<path...>', text('import.paths'))
    .description(text('import.command'))
    .addHelpText('after', `\n${text('import.help')}`)
  return options.reduce((added, one) => added.addOption(one), command)
}

/** Whole numbers with an x between them. */
function sizes(text: Translate, count: number, form: string): (word: string) => number[] {
  return (word) => {
    const found = word.split(/x/i)
    const fits =
      found.length === count &&
      found.every((side) => /^\d{1,4}$/.test(side) && Number(side) >= 1 && Number(side) <= 4096)
    if (!fits) throw new InvalidArgumentError(text(form))
    return found.map(Number)
  }
}

/** The settings that the words of a command mean. */
export function settingsOf({ channels, test, validation, ...options }: ImportOptions): ImportSettings {
  return ImportSettings.parse({
    ...usualImport,
    ...Object.fromEntries(Object.entries(options).filter(([name]) => name in usualImport)),
    channels: channels === undefined ? null : Number(channels),
    spectrogram: spectrogramOf(options),
    testShare: test ?? usualImport.testShare,
    validationShare: validation ?? usualImport.validationShare,
  })
}

/** Whoever says how wants one. */
function spectrogramOf({
  spectrogram: bands,
  spectrogramBands: count,
  spectrogramWindow: window,
  spectrogramHop: hop,
  spectrogramRange: range,
}: Partial<ImportOptions>): SpectrogramChoice | null {
  const said = Object.entries({ bands, count, window, hop, range }).filter(([, value]) => value !== undefined)
  return said.length === 0 ? null : SpectrogramChoice.parse({ ...usualSpectrogram, ...Object.fromEntries(said) })
}
