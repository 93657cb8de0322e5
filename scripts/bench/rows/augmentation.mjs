// @ts-check
import { ourCall, runCall, trainPeer, withProject } from '../contenders.mjs'
import { nets } from '../nets.mjs'
import { peerScript } from '../peers.mjs'
import { sequence } from '../sequence.mjs'
import { lastLines } from '../../setup/run.mjs'

/** @typedef {import('../measure.mjs').Contender} Contender */
/** @typedef {import('../measure.mjs').Row} Row */
/** @typedef {import('../nets.mjs').Net} Net */

/** What all contenders do to each picture; the peers' settings are the same. */
const AUGMENTATIONS = 'flip,zoom=0.1,rotation=15,shift=0.1,brightness=0.2,contrast=0.2,noise=0.05'
/** Besides, what only we have under one roof. */
const EVERYTHING = `${AUGMENTATIONS},shear,crop,saturation,hue,erasing,mixup`

/** So little of a network that its steps take next to nothing. */
/** @type {Net} */
const hardly = {
  name: 'hardly',
  title: '',
  classes: 10,
  batch: 128,
  steps: 200,
  layers: sequence([32, 32, 3]).maxPool2d(8, 8).flatten().dense(10, 'softmax').layers,
}

/**
 * How much of its speed training keeps where every picture is augmented on its way, and how many pictures a second are
 * augmented at all: ours on their way into a network of a single small layer, the peers' into nothing.
 * @param {string | undefined} python with Keras and torchvision
 * @returns {Row[]}
 */
export function augmentationRows(python) {
  const resNet = nets.find(({ name }) => name === 'resnet')
  if (!resNet) throw new Error('there is no network named resnet')
  const net = { ...resNet, steps: 40 }
  return [
    {
      name: 'augmentation',
      title: `${net.title}: pictures as they are and augmented`,
      unit: 'images/s',
      better: 'higher',
      contenders: [
        ours('as they are', net, 'none'),
        ours('seven augmentations', net, AUGMENTATIONS),
        ours('thirteen, with mixup', net, EVERYTHING),
      ],
    },
    {
      name: 'augmenting',
      title: 'Seven augmentations of 32×32×3 pictures, batch 128',
      unit: 'pictures/s',
      better: 'higher',
      contenders: [
        ours('Patchwork', hardly, AUGMENTATIONS),
        ...(python
          ? [peer(python, 'Keras layers, tf.data', 'keras'), peer(python, 'torchvision, 2 workers', 'torchvision')]
          : []),
      ],
    },
  ]
}

/**
 * @param {string} name
 * @param {Net} net
 * @param {string} augmentations
 * @returns {Contender}
 */
function ours(name, net, augmentations) {
  return {
    name,
    run: () =>
      withProject(net, async (folder) => {
        const { program, parameters } = ourCall(net, { path: 'compiled', precision: 'float32' }, folder)
        const { stdout } = await runCall({ program, parameters: [...parameters, '--augment', augmentations] })
        const { samplesPerSecond, waitingShare } = JSON.parse(lastLines(stdout, 1))
        return [{ name, value: samplesPerSecond, note: `${Math.round(100 * waitingShare)} % of the time waited` }]
      }),
  }
}

/** @param {string} python @param {string} name @param {string} way @returns {Contender} */
function peer(python, name, way) {
  const call = { program: python, parameters: [peerScript('augment_pictures.py'), way, String(hardly.batch)] }
  return { name, run: async () => [{ name, value: (await trainPeer(call)).imagesPerSecond }] }
}
