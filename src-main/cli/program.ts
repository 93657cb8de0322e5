import { Command, CommanderError, Option } from 'commander'
import { sampleSets } from '@shared/data/dataset'
import { AppError } from '@shared/ipc/errors'
import { ExportFormat } from '@shared/ipc/look'
import { messageOf } from '@shared/message-of'
import { templateNames } from '@shared/network/templates'
import { optimizerKinds } from '@shared/training/registry'
import { Precision, PrecisionChoice, TrainingPath } from '@shared/training/precision'
import { initialTraining } from '@shared/training/settings'
import { errorTexts, type Translate } from '../services/texts'
import { augmentationList, augmentationNames } from './augment'
import { oneOf, realNumber, wholeNumber } from './arguments'
import { showDevice, type DeviceOptions } from './device'
import { exportRun, type ExportOptions } from './export'
import { inspectNetwork, type InspectOptions } from './inspect'
import { importFiles } from './import'
import { addImport, type ImportOptions } from './import-options'
import { addProbe, probe, type ProbeOptions } from './probe'
import { exitCodes, type Surroundings } from './surroundings'
import { defaultSample, defaultTemplate } from './request'
import { measureSpeed, type SpeedOptions } from './speed'
import { listTemplates, type TemplatesOptions } from './templates'
import { train, type TrainOptions } from './train'
import { dataHome } from './train-data'
import { usageText } from './usage'

/** Runs the command that the words name; gives the exit code, and never throws. */
export async function runCommand(surroundings: Surroundings): Promise<number> {
  let code: number = exitCodes.done
  const program = createProgram(surroundings, async (command) => {
    code = await command()
  })
  try {
    await program.parseAsync([...surroundings.words], { from: 'user' })
    return code
  } catch (thrown) {
    return complain(thrown, surroundings)
  }
}

function complain(thrown: unknown, { text, tell }: Surroundings): number {
  if (thrown instanceof CommanderError) {
    if (thrown.exitCode === 0) return exitCodes.done
    tell(`${text('cli.error', { message: usageText(thrown, text) })}\n${text('cli.usage.help')}\n`)
    return exitCodes.usage
  }
  const error = thrown instanceof AppError ? thrown : new AppError('unexpected', { detail: messageOf(thrown) })
  if (error.code === 'engine-stopped') {
    tell(`${text('cli.train.endedAtOnce')}\n`)
    return exitCodes.interrupted
  }
  if (error.code === 'cancelled') {
    tell(`${text('import.interrupted')}\n`)
    return exitCodes.interrupted
  }
  const { message, hint } = errorTexts(error, text)
  tell(`${text('cli.error', { message })}\n${hint}\n`)
  return exitCodes.failed
}

type Execute = (command: () => Promise<number>) => Promise<void>

function createProgram(surroundings: Surroundings, execute: Execute): Command {
  const { text, out, tell, version } = surroundings
  const program = new Command('npm run cli --')
  program
    .description(text('cli.description'))
    .version(version, '-V, --version', text('cli.options.version'))
    .configureHelp({ styleTitle: (title) => headings(text)[title] ?? title })
    .configureOutput({ writeOut: out, writeErr: tell, outputError: () => undefined })
    .addHelpText('after', `\n${text('cli.examples')}\n\n${text('cli.exitCodes')}`)
    .exitOverride()
    .helpOption('-h, --help', text('cli.options.help'))
    .helpCommand('help [command]', text('cli.commands.help'))
  addTrain(program, text).action((options: TrainOptions, command: Command) =>
    execute(async () => {
      checkTogether(options, command, text)
      return train(options, surroundings)
    }),
  )
  addExport(program, text).action((options: ExportOptions) => execute(() => exportRun(options, surroundings)))
  addSpeed(program, text).action((options: SpeedOptions) => execute(() => measureSpeed(options, surroundings)))
  addInspect(program, text).action((options: InspectOptions) => execute(() => inspectNetwork(options, surroundings)))
  addImport(program, text).action((paths: string[], options: ImportOptions) =>
    execute(() => importFiles(paths, options, surroundings)),
  )
  addProbe(program, text).action((paths: string[], options: ProbeOptions) =>
    execute(() => probe(paths, options, surroundings)),
  )
  addTemplates(program, text).action((options: TemplatesOptions) =>
    execute(() => Promise.resolve(listTemplates(options, surroundings))),
  )
  addDevice(program, text).action((options: DeviceOptions) => execute(() => showDevice(options, surroundings)))
  for (const command of program.commands) {
    command
      .copyInheritedSettings(program)
      .exitOverride()
      .helpOption('-h, --help', text('cli.options.help'))
      .addOption(new Option('--verbose', text('cli.options.verbose')))
    if (command.options.some(({ long }) => long === '--json')) continue
    command.addOption(new Option('--json', text('cli.options.json')))
  }
  return program
}

function addTrain(program: Command, text: Translate): Command {
  const option = (flags: string, name: string, values: Parameters<Translate>[1] = {}) =>
    new Option(flags, text(`cli.options.${name}`, values))
  const listed = (names: readonly string[], initial: string) => ({ names: names.join(', '), initial })
  const optimizers = [...optimizerKinds.keys()]
  const { batchSize, epochs, optimizer, precision, seed, validationShare } = initialTraining
  return program
    .command('train')
    .description(text('cli.commands.train'))
    .addOption(
      option('--sample <name>', 'sample', listed(sampleSets, defaultSample))
        .argParser(oneOf(text, sampleSets))
        .conflicts(['images', 'labels', 'data']),
    )
    .addOption(option('--data <path>', 'data', { home: `${dataHome}/` }).conflicts(['images', 'labels']))
    .addOption(option('--images <file>', 'images'))
    .addOption(option('--labels <file>', 'labels'))
    .addOption(option('--test-images <file>', 'testImages'))
    .addOption(option('--test-labels <file>', 'testLabels'))
    .addOption(templateOption(text))
    .addOption(option('--project <folder>', 'project'))
    .addOption(option('--epochs <n>', 'epochs', { initial: epochs }).argParser(wholeNumber(text, 1, 100_000)))
    .addOption(option('--batch-size <n>', 'batchSize', { initial: batchSize }).argParser(wholeNumber(text, 1, 65_536)))
    .addOption(
      option('--optimizer <name>', 'optimizer', listed(optimizers, optimizer.kind)).argParser(oneOf(text, optimizers)),
    )
    .addOption(
      option('--learning-rate <x>', 'learningRate').argParser(realNumber(text, { min: 0, max: 10, open: true })),
    )
    .addOption(
      option('--validation <share>', 'validation', { initial: validationShare }).argParser(
        realNumber(text, { min: 0, max: 0.9 }),
      ),
    )
    .addOption(
      option('--precision <type>', 'precision', listed(PrecisionChoice.options, precision)).argParser(
        oneOf(text, PrecisionChoice.options),
      ),
    )
    .addOption(augmentOption(text))
    .addOption(option('--seed <n>', 'seed', { initial: seed }).argParser(wholeNumber(text, 0, 2 ** 31 - 1)))
    .addOption(option('--out <folder>', 'out'))
}

function augmentOption(text: Translate): Option {
  const description = text('cli.options.augment', { names: augmentationNames() })
  return new Option('--augment <list>', description).argParser(augmentationList(text))
}

/** What commander's own conflicts do not say: options that go only in pairs. */
function checkTogether(options: TrainOptions, command: Command, text: Translate): void {
  const pairs = [
    ['--images', options.images, '--labels', options.labels],
    ['--test-images', options.testImages, '--test-labels', options.testLabels],
    ['--images', options.images, '--test-images', options.testImages],
  ] as const
  for (const [index, [one, first, other, second]] of pairs.entries()) {
    if (first !== undefined && second === undefined && index < 2) missing(one, other)
    if (first === undefined && second !== undefined) missing(other, one)
  }
  function missing(given: string, wanted: string): never {
    command.error(text('cli.usage.together', { given, wanted }), { code: 'patchwork.together', exitCode: 1 })
  }
}

function addExport(program: Command, text: Translate): Command {
  return program
    .command('export')
    .description(text('cli.commands.export'))
    .requiredOption('--run <folder>', text('cli.options.run'))
    .requiredOption('--to <folder>', text('cli.options.to'))
    .addOption(
      new Option('--format <name>', text('cli.options.format'))
        .argParser(oneOf(text, ExportFormat.options))
        .default(ExportFormat.options[0]),
    )
    .option('--name <name>', text('cli.options.name'))
}

/** What is measured where the options say nothing. */
const usual = { path: 'compiled', precision: 'float32', steps: 50 } as const satisfies Partial<SpeedOptions>

function addSpeed(program: Command, text: Translate): Command {
  const option = (flags: string, name: string, values: Parameters<Translate>[1] = {}) =>
    new Option(flags, text(`cli.options.${name}`, values))
  return program
    .command('speed')
    .description(text('cli.commands.speed'))
    .addOption(templateOption(text))
    .addOption(option('--project <folder>', 'networkOf'))
    .addOption(
      option('--batch-size <n>', 'batchSize', { initial: initialTraining.batchSize })
        .argParser(wholeNumber(text, 1, 65_536))
        .default(initialTraining.batchSize),
    )
    .addOption(
      option('--steps <n>', 'steps', { initial: usual.steps })
        .argParser(wholeNumber(text, 1, 100_000))
        .default(usual.steps),
    )
    .addOption(augmentOption(text))
    .addOption(
      option('--path <way>', 'path', { names: TrainingPath.options.join(', '), initial: usual.path })
        .argParser(oneOf(text, TrainingPath.options))
        .default(usual.path),
    )
    .addOption(
      option('--precision <type>', 'precision', { names: Precision.options.join(', '), initial: usual.precision })
        .argParser(oneOf(text, Precision.options))
        .default(usual.precision),
    )
}

function addInspect(program: Command, text: Translate): Command {
  return program
    .command('inspect')
    .description(text('cli.commands.inspect'))
    .addOption(templateOption(text))
    .addOption(new Option('--project <folder>', text('cli.options.networkOf')))
}

function addTemplates(program: Command, text: Translate): Command {
  return program.command('templates').description(text('cli.commands.templates'))
}

/** The names stand in the list that a command of its own gives: there are too many for a line of help. */
function templateOption(text: Translate): Option {
  return new Option('--template <name>', text('cli.options.template', { initial: defaultTemplate }))
    .argParser(oneOf(text, templateNames))
    .conflicts('project')
}

function addDevice(program: Command, text: Translate): Command {
  return program.command('device').description(text('cli.commands.device'))
}

/** Commander's headings in the person's language. */
function headings(text: Translate): Readonly<Record<string, string>> {
  return {
    'Usage:': text('cli.headings.usage'),
    'Options:': text('cli.headings.options'),
    'Commands:': text('cli.headings.commands'),
    'Arguments:': text('cli.headings.arguments'),
  }
}
