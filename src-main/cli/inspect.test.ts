import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { chain } from '@shared/network/chain'
import { removeNodes } from '@shared/network/edit'
import { templateNames, templates } from '@shared/network/templates'
import { tie } from '@shared/network/tied'
import { projectText } from '../services/project-folder'
import { firstProject } from '../services/projects'
import { command as run, type Setting } from '../testing/command-line'
import { useTemporaryFolder } from '../testing/temporary-folder'

const folder = useTemporaryFolder()
const command = async (words: readonly string[], setting: Partial<Setting> = {}) =>
  run(words, { home: await folder(), ...setting })

const Counts = { trainable: z.int(), frozen: z.int(), parameters: z.int(), macs: z.int() }
const Field = z.object({ size: z.int(), stride: z.int() }).array().nullable()
const Layer = z.object({
  id: z.string(),
  kind: z.string(),
  name: z.string(),
  from: z.string().array(),
  outputShape: z.int().array().nullable(),
  weightsOf: z.string().nullable(),
  receptiveField: Field,
  ...Counts,
})
const Inspected = z.object({
  layers: Layer.array(),
  totals: z.object({ layers: z.int(), activations: z.int(), ...Counts }),
  sampleShape: z.int().array().nullable(),
  outputs: z.object({ id: z.string(), loss: z.string(), weight: z.number() }).array(),
  problems: z.object({ node: z.string().nullable(), code: z.string(), text: z.string() }).array(),
})

async function inspect(...words: string[]) {
  const { code, out, told, engine } = await command(['inspect', ...words, '--json'])
  expect([code, told, engine.started]).toEqual([0, '', []])
  return Inspected.parse(JSON.parse(out))
}

describe('inspect', () => {
  it('gives layers, sums and receptive fields as JSON, without an engine', async () => {
    const { layers, totals, problems } = await inspect('--template', 'alexnet')
    expect(totals).toMatchObject({ trainable: 60_965_224, frozen: 0, parameters: 60_965_224, layers: layers.length })
    expect(totals.macs).toBe(layers.reduce((sum, { macs }) => sum + macs, 0))
    expect(problems).toEqual([])
    expect(layers[1]).toMatchObject({
      id: 'conv2d-1',
      kind: 'conv2d',
      name: 'Convolution 2-D (1)',
      from: ['input-1'],
      outputShape: [55, 55, 96],
      parameters: 34_944,
      macs: 105_415_200,
      receptiveField: [
        { size: 11, stride: 4 },
        { size: 11, stride: 4 },
      ],
    })
    expect(layers.at(-1)).toMatchObject({ outputShape: [1000], parameters: 4_097_000, receptiveField: null })
  })

  it('tells what the outputs are judged by, where there are several', async () => {
    const { outputs, sampleShape } = await inspect('--template', 'inception')
    expect(sampleShape).toEqual([32, 32, 3])
    expect(outputs).toEqual([
      { id: 'dense-1', loss: 'classes', weight: 1 },
      { id: 'dense-3', loss: 'classes', weight: 0.3 },
    ])
    const { out } = await command(['inspect', '--template', 'inception'])
    expect(out).toContain('Output “Auxiliary”. Loss: Class. Weight: 0.3\n')
    expect((await command(['inspect', '--template', 'lenet'])).out).not.toContain('Loss:')
  })

  it.each(templateNames)('%s: every layer has a shape and nothing is wrong', async (name) => {
    const { layers, problems } = await inspect('--template', name)
    expect(layers.filter(({ outputShape }) => outputShape === null)).toEqual([])
    expect(problems).toEqual([])
  })

  it('takes the usual template where none is named', async () => {
    expect((await inspect()).totals.parameters).toBe(431_080)
  })

  it('takes a project, and tells what is wrong with its network', async () => {
    const home = await folder()
    await mkdir(join(home, 'Digits'))
    const network = removeNodes(chain(['input'], ['conv2d'], ['conv2d'], ['dense']), ['conv2d-2'])
    const project = { ...firstProject('Digits'), network }
    await writeFile(join(home, 'Digits', 'project.json'), projectText(project))
    const { code, out } = await command(['inspect', '--project', 'Digits', '--json'], { home })
    const { layers, problems } = Inspected.parse(JSON.parse(out))
    expect(code).toBe(0)
    expect(layers.map(({ outputShape }) => outputShape)).toEqual([[28, 28, 1], [26, 26, 32], null])
    expect(problems).toMatchObject([{ node: 'dense-1', code: 'wrong-rank' }])
  })

  it('counts the weights of tied layers once, and tells whose they are', async () => {
    const home = await folder()
    await mkdir(join(home, 'Twice'))
    const dense = ['dense', { units: 16 }] as const
    const network = tie(chain(['input', { shape: [4, 4, 1] }], ['flatten'], dense, dense), 'dense-2', 'dense-1')
    await writeFile(join(home, 'Twice', 'project.json'), projectText({ ...firstProject('Twice'), network }))
    const words = ['inspect', '--project', 'Twice']
    const { layers, totals } = Inspected.parse(JSON.parse((await command([...words, '--json'], { home })).out))
    expect(totals).toMatchObject({ parameters: 272, macs: 512 })
    expect(layers.map(({ weightsOf, parameters }) => [weightsOf, parameters])).toEqual([
      [null, 0],
      [null, 0],
      [null, 272],
      ['dense-1', 0],
    ])
    expect((await command(words, { home })).out).toMatch(/Dense \(2\) .* as in Dense \(1\)/)
  })

  it('fails where there is no project', async () => {
    const { code, out, told } = await command(['inspect', '--project', 'nowhere', '--json'])
    expect([code, out]).toEqual([1, ''])
    expect(told).toContain('nowhere')
  })

  it('tells people the same as a table', async () => {
    const { code, out } = await command(['inspect', '--template', 'resnet-20'])
    const lines = out.split('\n')
    expect(code).toBe(0)
    expect(lines[0]).toMatch(/^Layer +Setting +Output +Parameters +Multiply-adds +Receptive field \/ step$/)
    expect(lines[2]).toMatch(/^Convolution 2-D \(1\) +3×3 · 16 +32 × 32 × 16 +432 +442,368 +3 × 3 \/ 1 × 1$/)
    expect(out).toContain('Parameters: 274,042 (not trained: 1,568)')
    expect(out).toMatch(/Dense .* the whole input\n/)
  })

  it('speaks Russian', async () => {
    const { out } = await command(['inspect'], { language: 'ru' })
    expect(out).toMatch(/^Слой +Настройка +Выход/)
    expect(out).not.toMatch(/cli\.|layers\.|\{|\}/)
  })
})

describe('templates', () => {
  it('lists every template with one line on it', async () => {
    const { code, out } = await command(['templates'])
    const lines = out.trimEnd().split('\n')
    expect(code).toBe(0)
    expect(lines.map((line) => line.split(' ')[0])).toEqual(templateNames)
    expect(lines.filter((line) => line.trim().split(/\s{2,}/).length !== 2)).toEqual([])
  })

  it.each(['en', 'ru'] as const)('has words for each of them in %s', async (language) => {
    const { out } = await command(['templates', '--json'], { language })
    const listed = z
      .object({ name: z.string(), title: z.string(), text: z.string(), group: z.string(), trainable: z.int() })
      .array()
      .parse(z.object({ templates: z.unknown() }).parse(JSON.parse(out)).templates)
    expect(listed.map(({ name }) => name)).toEqual(templates.map(({ name }) => name))
    expect(listed.filter(({ title, text }) => `${title}${text}`.includes('templates.'))).toEqual([])
  })
})
