import './tf-environment'
import { createRequire } from 'node:module'
import type * as Tfjs from '@tensorflow/tfjs-node-gpu'
import { AppError } from '@shared/ipc/errors'
import { messageOf } from '@shared/message-of'

/**
 * The one door to TensorFlow.js. The package is loaded at run time from where it is installed (in the packaged program
 * beside the archive, where its native parts can be opened), after the environment was prepared.
 */
export const tf: typeof Tfjs = load()

function load(): typeof Tfjs {
  const installed = createRequire(import.meta.url)
  try {
    return installed('@tensorflow/tfjs-node-gpu')
  } catch (cause) {
    throw new AppError('tensorflow-missing', { detail: messageOf(cause) }, { cause })
  }
}

export type Tensor = Tfjs.Tensor
export type Scalar = Tfjs.Scalar
export type Variable = Tfjs.Variable
export type Optimizer = Tfjs.Optimizer
export type SymbolicTensor = Tfjs.SymbolicTensor
export type Layer = Tfjs.layers.Layer
export type LayersModel = Tfjs.LayersModel
export type ConfigDict = Tfjs.serialization.ConfigDict
export type ModelArtifacts = Parameters<Parameters<typeof tf.io.withSaveHandler>[0]>[0]
export type NamedTensorMap = Tfjs.NamedTensorMap
