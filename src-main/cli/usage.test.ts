import { readdir } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { command as run, type Setting } from '../testing/command-line'
import { useTemporaryFolder } from '../testing/temporary-folder'

const folder = useTemporaryFolder()
const command = async (words: readonly string[], setting: Partial<Setting> = {}) =>
  run(words, { home: await folder(), ...setting })

describe('wrong words', () => {
  it.each([
    ['', 'No command was named.'],
    ['tarin', 'There is no command tarin.'],
    ['train --epoch 1', 'There is no option --epoch.'],
    ['train --epochs', '--epochs <n> needs a value.'],
    ['train --epochs 0', '--epochs <n> cannot be “0”: a whole number from 1 to 100000 is wanted.'],
    ['train --epochs 1.5', '--epochs <n> cannot be “1.5”'],
    ['train --epochs ten', '--epochs <n> cannot be “ten”'],
    ['train --batch-size -3', '--batch-size <n> cannot be “-3”'],
    ['train --seed 2147483648', '--seed <n> cannot be “2147483648”'],
    ['train --learning-rate 0', '--learning-rate <x> cannot be “0”: a number above 0, up to 10, is wanted.'],
    ['train --learning-rate NaN', '--learning-rate <x> cannot be “NaN”'],
    ['train --learning-rate 0x1', '--learning-rate <x> cannot be “0x1”'],
    ['train --validation 0.95', '--validation <share> cannot be “0.95”: a number from 0 to 0.9 is wanted.'],
    ['train --sample cifar', '--sample <name> cannot be “cifar”: one of these is wanted: mnist, speech, volumes.'],
    ['train --template resnet', '--template <name> cannot be “resnet”: one of these is wanted: audio-dense, '],
    ['train --optimizer adagrad', '--optimizer <name> cannot be “adagrad”'],
    ['train --augment flips', '--augment <list> cannot be “flips”: there is no augmentation flips; there are flip, '],
    ['speed --template lenet --augment rotation=200', 'rotation.degrees must be a number from 0 to 180'],
    ['train --template lenet --project p', '--template <name> and --project <folder> exclude each other.'],
    ['train --sample mnist --images i --labels l', '--sample <name> and --images <file> exclude each other.'],
    ['train --sample mnist --data d', '--sample <name> and --data <path> exclude each other.'],
    ['train --data d --images i --labels l', '--data <path> and --images <file> exclude each other.'],
    ['train --images i', '--images needs --labels as well.'],
    ['train --labels l', '--labels needs --images as well.'],
    ['train --images i --labels l --test-images t', '--test-images needs --test-labels as well.'],
    ['train --test-images t --test-labels l', '--test-images needs --images as well.'],
    ['train mnist', 'There are more words than this command takes.'],
    ['export --to there', '--run <folder> must be given.'],
    ['export --run here', '--to <folder> must be given.'],
    ['export --run here --to there --format onnx', '--format <name> cannot be “onnx”'],
    ['device --gpu', 'There is no option --gpu.'],
    ['inspect --template alexnet-2013', '--template <name> cannot be “alexnet-2013”'],
    ['inspect --template lenet --project p', '--template <name> and --project <folder> exclude each other.'],
    ['inspect lenet', 'There are more words than this command takes.'],
    ['templates --group known', 'There is no option --group.'],
  ])('“%s” is refused before an engine starts', async (line, complaint) => {
    const { code, out, told, engine, home } = await command(line.split(' ').filter(Boolean))
    expect(told).toContain(complaint)
    expect(told).toContain('--help')
    expect([code, out, engine.started.length, await readdir(home)]).toEqual([2, '', 0, []])
  })

  it('are refused in Russian as well', async () => {
    const { told } = await command(['train', '--epochs', '0'], { language: 'ru' })
    expect(told).toContain('Ошибка: --epochs <n> не может быть «0»: нужно целое число от 1 до 100000.')
  })
})

describe('help', () => {
  it.each([[['--help']], [['help']], [['-h']]])(
    '%j tells every command, with examples and exit codes',
    async (words) => {
      const { code, out, told } = await command(words)
      expect([code, told]).toEqual([0, ''])
      for (const part of ['train', 'export', 'device', 'Examples:', 'Exit codes:', '--json'])
        expect(out).toContain(part)
    },
  )

  it('of a command tells each of its options', async () => {
    const { code, out } = await command(['train', '--help'])
    const options = [
      'sample',
      'data',
      'images',
      'labels',
      'test-images',
      'test-labels',
      'template',
      'project',
      'epochs',
    ]
    const more = ['batch-size', 'optimizer', 'learning-rate', 'validation', 'seed', 'out', 'json', 'verbose', 'help']
    expect(code).toBe(0)
    expect([...options, ...more].filter((name) => !out.includes(`--${name}`))).toEqual([])
    expect(out.replace(/\s+/g, ' ')).toContain('one of those that the command templates lists (else lenet)')
    expect(out).not.toMatch(/cli\.|\{|\}/)
  })

  it('speaks Russian', async () => {
    const { out } = await command(['train', '--help'], { language: 'ru' })
    expect(out).toContain('Использование:')
    expect(out).not.toMatch(/Usage:|Options:|show this help/)
  })

  it('tells the version', async () => {
    expect(await command(['--version'])).toMatchObject({ code: 0, out: '1.2.3\n' })
  })
})
