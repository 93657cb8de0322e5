import { AppError } from '@shared/ipc/errors'
import type { LayerPreview, NetworkPreview, PreviewRequest } from '@shared/ipc/preview'
import { Lock } from '@shared/lock'
import { canPreview, computablePart } from '@shared/network/computable'
import type { NetworkDocument } from '@shared/network/document'
import { signature } from '@shared/network/signature'
import { totals, walk } from '@shared/network/walk'
import { readBatch } from '../data/batches'
import type { Dataset } from '../data/dataset'
import { toInputs } from '../data/preprocess'
import { buildLayers, type BuiltNode } from '../model/build'
import { takenChannels } from '../model/network-model'
import { disposeWeights, writeWeights, type Weight } from '../model/weights'
import { tf, type Tensor } from '../tf'
import { giveWay } from '../train/control'
import { thumbnailOf } from './thumbnail'

/** Weights that a run has trained, and how to tell them from others. */
export interface Trained {
  readonly stamp: string
  readonly step: number
  readonly weights: () => readonly Weight[]
}

type Wanted = Pick<PreviewRequest, 'network' | 'index' | 'seed'>

/** What the layers of a network under design put out on a sample. The layers of the last one stay for the next sample. */
export class Previews {
  private kept: { readonly key: string; readonly nodes: readonly BuiltNode[] } | undefined
  private readonly lock = new Lock()

  /** Computes layer by layer, and gives up between two of them when `signal` fires. */
  async show(
    wanted: Wanted,
    { test, all, summary, preprocessing }: Dataset,
    trained: Trained | undefined,
    signal: AbortSignal,
  ): Promise<NetworkPreview> {
    if (wanted.index >= test.count) throw new AppError('sample-unknown', { found: wanted.index + 1, count: test.count })
    const facts = walk(wanted.network)
    if (!canPreview(totals(facts))) throw new AppError('preview-too-large')
    const part = computablePart(wanted.network, facts, summary.shape)
    const { values, labels } = readBatch(test, Uint32Array.of(wanted.index), preprocessing)
    const row = test.numbers[wanted.index] ?? 0
    const [name = ''] = await all.names.at(Uint32Array.of(row))
    return this.lock.run(async () => {
      refuseGivenUp(signal)
      const nodes = this.layersOf(part, wanted.seed, trained)
      const input = tf.tensor(toInputs(values, preprocessing), [1, ...preprocessing.shape], 'float32')
      try {
        const layers: LayerPreview[] = []
        await eachOutput(nodes, input, signal, (node, output) => {
          const shape = output.shape.slice(1)
          layers.push({ node, shape, ...thumbnailOf({ shape, values: Float32Array.from(output.dataSync()) }) })
        })
        return { index: wanted.index, row, name, label: labels[0] ?? 0, step: trained?.step ?? 0, layers }
      } finally {
        input.dispose()
      }
    })
  }

  /** Frees what is kept, for one who needs the memory. */
  forget(): Promise<void> {
    return this.lock.run(() => this.drop())
  }

  private drop(): void {
    if (this.kept) disposeWeights(this.kept.nodes)
    this.kept = undefined
  }

  private layersOf(network: NetworkDocument, seed: number, trained: Trained | undefined): readonly BuiltNode[] {
    const key = `${trained?.stamp ?? seed} ${signature(network)}`
    if (this.kept?.key === key) return this.kept.nodes
    this.drop()
    const nodes = buildLayers(network, { weights: trained ? 'zeros' : { seed }, logits: false })
    this.kept = { key, nodes }
    if (trained) this.fill(nodes, trained)
    return nodes
  }

  private fill(nodes: readonly BuiltNode[], { weights }: Trained): void {
    try {
      writeWeights(nodes, weights())
    } catch (error) {
      this.drop()
      throw error
    }
  }
}

/** Runs the layers in order, none for longer than there are some that take it up. */
async function eachOutput(
  nodes: readonly BuiltNode[],
  input: Tensor,
  signal: AbortSignal,
  see: (id: string, output: Tensor) => void,
): Promise<void> {
  const awaited = new Map<string, number>()
  for (const { sources } of nodes) for (const id of sources) awaited.set(id, (awaited.get(id) ?? 0) + 1)
  const outputs = new Map<string, Tensor>()
  const release = (id: string): void => {
    outputs.get(id)?.dispose()
    outputs.delete(id)
  }
  try {
    for (const { id, layer, takes, sources } of nodes) {
      await giveWay()
      refuseGivenUp(signal)
      const arriving = sources.flatMap((source) => outputs.get(source) ?? [])
      const output = tf.tidy(() => {
        const result = layer ? layer.call(arriving, { training: false }) : takenChannels(input, takes)
        const [only] = Array.isArray(result) ? result : [result]
        if (!only) throw new Error(`${id} gave nothing`)
        // A layer may hand on what it got, which is freed by itself.
        return only.clone()
      })
      outputs.set(id, output)
      see(id, output)
      if (!awaited.has(id)) release(id)
      for (const source of sources) {
        const left = (awaited.get(source) ?? 1) - 1
        awaited.set(source, left)
        if (left === 0) release(source)
      }
    }
  } finally {
    for (const id of [...outputs.keys()]) release(id)
  }
}

function refuseGivenUp(signal: AbortSignal): void {
  if (signal.aborted) throw new AppError('cancelled', { name: 'previewLayers' })
}
