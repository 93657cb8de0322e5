// @ts-check
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../setup/paths.mjs'
import { lastLines, run } from '../setup/run.mjs'
import { TRAINING, writeBenchData } from './data.mjs'

/** @typedef {import('./measure.mjs').Contender} Contender */
/** @typedef {import('./measure.mjs').Row} Row */
/** @typedef {import('../setup/provisioned.mjs').Provisioned} Provisioned */
/** @typedef {Awaited<ReturnType<typeof writeBenchData>>} BenchData */

const peers = join(root, 'scripts', 'bench', 'peers')

/**
 * Everything that can be measured here.
 * @param {Provisioned} _provisioned
 * @param {string | undefined} python with Keras and PyTorch
 * @returns {Row[]}
 */
export function listRows(_provisioned, python) {
  return [
    {
      name: 'mnist',
      title: 'MNIST, conv 32 – conv 64 – pool – dense 128, batch 128',
      unit: 'images/s',
      better: 'higher',
      contenders: [
        { name: 'Patchwork', run: () => inFolder(trainOurs) },
        peer('tfjs-node `fit`', process.execPath, 'tfjs-fit.mjs'),
        ...(python
          ? [peer('Keras (TensorFlow)', python, 'keras_fit.py'), peer('PyTorch', python, 'torch_fit.py')]
          : []),
      ],
    },
  ]
}

/**
 * @param {string} name
 * @param {string} program
 * @param {string} script which prints the images per second as its last line
 * @returns {Contender}
 */
function peer(name, program, script) {
  return {
    name,
    run: () =>
      inFolder(async (data) => {
        const parameters = [join(peers, script), data.images, data.labels, JSON.stringify(TRAINING)]
        return Number(await lastLine(program, parameters))
      }),
  }
}

/** @param {BenchData} data */
async function trainOurs(data) {
  const files = [
    '--images',
    data.images,
    '--labels',
    data.labels,
    '--test-images',
    data.testImages,
    '--test-labels',
    data.testLabels,
  ]
  const own = [
    '--project',
    data.project,
    '--epochs',
    String(TRAINING.epochs),
    '--validation',
    '0',
    '--out',
    join(data.project, 'run'),
  ]
  const line = await lastLine(process.execPath, [
    join(root, 'out', 'main', 'cli.js'),
    'train',
    ...files,
    ...own,
    '--json',
  ])
  const result = /** @type {{ imagesPerSecond: number }} */ (JSON.parse(line))
  return result.imagesPerSecond
}

/**
 * @param {(data: BenchData) => Promise<number>} action
 */
async function inFolder(action) {
  const folder = await mkdtemp(join(tmpdir(), 'patchwork-bench-'))
  try {
    return await action(await writeBenchData(folder))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/**
 * @param {string} program
 * @param {string[]} parameters
 */
async function lastLine(program, parameters) {
  const { code, output } = await run(program, parameters, { env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3' } })
  if (code !== 0) throw new Error(`${program} ${parameters[0]} failed: ${lastLines(output, 5)}`)
  return lastLines(output, 1)
}
