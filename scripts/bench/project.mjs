// @ts-check
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** @typedef {import('./nets.mjs').Net} Net */

/** Adam's step for every contender. */
export const LEARNING_RATE = 0.001

/**
 * Writes a network as a project of Patchwork.
 * @param {Net} net
 * @param {string} folder
 */
export async function writeProject(net, folder) {
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'project.json'), JSON.stringify(projectOf(net)))
}

/** @param {Net} net */
export function projectOf({ name, layers, batch }) {
  const nodes = layers.map(([kind, values], place) => ({
    id: nodeId(place),
    kind,
    name: '',
    values,
    position: { x: 0, y: 104 * place },
  }))
  const wires = layers.flatMap(([, , sources], place) =>
    sources.map((source, input) => ({
      id: `wire-${place}-${input}`,
      from: nodeId(source),
      to: nodeId(place),
      input,
    })),
  )
  const optimizer = { kind: 'adam', values: { learningRate: LEARNING_RATE } }
  return {
    version: 1,
    name,
    network: { nodes, wires },
    dataset: null,
    training: { optimizer, batchSize: batch, epochs: 1, seed: 1, validationShare: 0 },
  }
}

/** @param {number} place */
function nodeId(place) {
  return `node-${place}`
}
