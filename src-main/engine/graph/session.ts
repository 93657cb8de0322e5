import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { GraphValue } from '@shared/graph/value'
import type { Graph } from './graph'
import { savedModelBytes, type Signature } from './proto'
import {
  closeSession,
  loadSession,
  nativeTensor,
  readNative,
  releaseNative,
  runSession,
  type NativeType,
} from './native'

/** Values that go into a graph. */
export interface Fed {
  readonly type: NativeType
  readonly shape: readonly number[]
  readonly values: ArrayBufferView
}

/** Values that come out of a graph. */
export interface Fetched {
  readonly shape: readonly number[]
  readonly values: Float32Array | Int32Array | Uint8Array
}

/**
 * A graph loaded into a TensorFlow session of its own: variables keep their values between calls. All signatures share
 * the session. Release it with `dispose`.
 */
export class GraphSession {
  readonly #signatures: Readonly<Record<string, Signature>>
  readonly #id: number

  constructor(graph: Graph, signatures: Readonly<Record<string, Signature>>) {
    this.#signatures = signatures
    const folder = mkdtempSync(join(tmpdir(), 'patchwork-graph-'))
    try {
      writeFileSync(join(folder, 'saved_model.pb'), savedModelBytes(graph, signatures))
      this.#id = loadSession(folder)
    } finally {
      rmSync(folder, { recursive: true })
    }
  }

  /**
   * Runs a signature: values by input name in, values by output name out, all or only some of them. Throws TensorFlow's
   * error where it fails.
   */
  run(name: string, inputs: Readonly<Record<string, Fed>>, only?: readonly string[]): Record<string, Fetched> {
    const signature = this.#signatures[name]
    if (!signature) throw new Error(`The graph has no signature ${name}.`)
    const wanted = Object.entries(signature.outputs).filter(([output]) => only?.includes(output) ?? true)
    if (wanted.length === 0) return {}
    const fed = Object.keys(signature.inputs).map((input) => {
      const given = inputs[input]
      if (!given) throw new Error(`${name} lacks its input ${input}.`)
      return nativeTensor(given.type, given.shape, given.values)
    })
    try {
      const outputs = wanted.map(([, value]) => reference(value))
      const results = runSession(this.#id, fed, Object.values(signature.inputs).map(reference), outputs)
      const values = results.map((result) => ({ shape: result.shape, values: readNative(result) }))
      results.forEach(releaseNative)
      return Object.fromEntries(wanted.flatMap(([output], n) => (values[n] ? [[output, values[n]]] : [])))
    } finally {
      fed.forEach(releaseNative)
    }
  }

  dispose(): void {
    closeSession(this.#id)
  }
}

function reference({ node, output }: GraphValue): string {
  return `${node}:${output}`
}
