import { z } from 'zod'
import { paddings, windowCount } from '@shared/layers/arithmetic'
import { tf, type Scalar, type Tensor } from './tf'

/** The part of the native backend that runs any TensorFlow operation by its name. */
interface NativeBackend {
  executeSingleOutput(name: string, attributes: readonly Attribute[], inputs: readonly Tensor[]): Tensor
  executeMultipleOutputs(
    name: string,
    attributes: readonly Attribute[],
    inputs: readonly Tensor[],
    outputs: number,
  ): Tensor[]
  readonly binding: Readonly<
    Record<'TF_ATTR_BOOL' | 'TF_ATTR_FLOAT' | 'TF_ATTR_TYPE' | 'TF_FLOAT' | 'TF_INT32', number>
  >
}

interface Attribute {
  readonly name: string
  readonly type: number
  readonly value: number | boolean
}

function isNative(backend: object): backend is NativeBackend {
  return 'executeSingleOutput' in backend && 'executeMultipleOutputs' in backend && 'binding' in backend
}

function native(): NativeBackend {
  const backend = tf.backend()
  if (!isNative(backend)) throw new Error(`TensorFlow runs on “${tf.getBackend()}”, not on its native library`)
  return backend
}

/**
 * Evenly distributed values from 0 to below 1, decided by the two seeds alone (TensorFlow's `StatelessRandomUniform`,
 * the counter-based Philox generator): the same on every call, in every process.
 */
export function statelessUniform(shape: readonly number[], seeds: readonly [number, number]): Tensor {
  return stateless('StatelessRandomUniform', shape, seeds)
}

/** The same with values of mean 0 and standard deviation 1, normally distributed. */
export function statelessNormal(shape: readonly number[], seeds: readonly [number, number]): Tensor {
  return stateless('StatelessRandomNormal', shape, seeds)
}

function stateless(operation: string, shape: readonly number[], seeds: readonly [number, number]): Tensor {
  const { binding } = native()
  const type = (name: string, value: number) => ({ name, type: binding.TF_ATTR_TYPE, value })
  const attributes = [type('dtype', binding.TF_FLOAT), type('T', binding.TF_INT32), type('Tseed', binding.TF_INT32)]
  return tf.tidy(() => {
    const inputs = [tf.tensor1d([...shape], 'int32'), tf.tensor1d([...seeds], 'int32')]
    return native().executeSingleOutput(operation, attributes, inputs)
  })
}

/** A matrix `[rows, columns]`, of which the columns are no more, as orthonormal columns `q` times a triangle `r`. */
export function qr(matrix: Tensor): { q: Tensor; r: Tensor } {
  const { binding } = native()
  const attributes = [
    { name: 'T', type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT },
    { name: 'full_matrices', type: binding.TF_ATTR_BOOL, value: false },
  ]
  const [q, r] = native().executeMultipleOutputs('Qr', attributes, [matrix], 2)
  if (!q || !r) throw new Error('Qr gave no two tensors')
  return { q, r }
}

/**
 * The mean cross-entropy between softmax of the logits `[samples, classes]` and the right classes (int32 `[samples]`),
 * in one native operation that also gives the gradient; computed from logits, so that it is right for sure guesses too.
 * `weights` (float32 `[samples]`) multiply each sample's own.
 */
export function softmaxLoss(logits: Tensor, labels: Tensor, weights?: Tensor): Scalar {
  const withGradient = tf.customGrad((...args: unknown[]) => {
    const [x, save] = args
    if (!(x instanceof tf.Tensor) || typeof save !== 'function') throw new TypeError('customGrad gives logits and save')
    const [own, ownSlope] = crossEntropies(x, labels)
    const losses = weights ? tf.mul(own, weights) : own
    const slope = weights ? tf.mul(ownSlope, weights.expandDims(-1)) : ownSlope
    save([slope])
    return {
      value: tf.mean(losses).asScalar(),
      gradFunc: (dy: Tensor, [saved]: Tensor[]) => tf.mul(saved ?? slope, tf.div(dy, x.shape[0] ?? 1)),
    }
  })
  return withGradient(logits)
}

function crossEntropies(logits: Tensor, labels: Tensor): [losses: Tensor, slope: Tensor] {
  const { binding } = native()
  const attributes = [
    { name: 'T', type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT },
    { name: 'Tlabels', type: binding.TF_ATTR_TYPE, value: binding.TF_INT32 },
  ]
  const operation = 'SparseSoftmaxCrossEntropyWithLogits'
  const [losses, slope] = native().executeMultipleOutputs(operation, attributes, [logits, labels], 2)
  if (!losses || !slope) throw new Error(`${operation} gave no two tensors`)
  return [losses, slope]
}

/** What normalizing a batch gives: its values anew, and the mean and variance (Σ/n) of its channels. */
export interface NormalizedBatch {
  readonly values: Tensor
  readonly mean: Tensor
  readonly variance: Tensor
}

/**
 * Brings every channel of a batch of pictures `[samples, height, width, channels]` to mean 0 and variance 1, then to the
 * mean `beta` and the spread `gamma` (both `[channels]`), in one native operation, and one more for the gradients. The
 * caller frees mean and variance, for which no gradient flows.
 */
export function normalizeBatch(pictures: Tensor, gamma: Tensor, beta: Tensor, epsilon: number): NormalizedBatch {
  const { binding } = native()
  const attributes = [
    { name: 'T', type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT },
    { name: 'U', type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT },
    { name: 'epsilon', type: binding.TF_ATTR_FLOAT, value: epsilon },
    { name: 'is_training', type: binding.TF_ATTR_BOOL, value: true },
  ]
  let statistics: Pick<NormalizedBatch, 'mean' | 'variance'> | undefined
  const withGradient = tf.customGrad((...args: unknown[]) => {
    const [x, scale, offset, save] = args
    if (!(x instanceof tf.Tensor) || !(scale instanceof tf.Tensor) || !(offset instanceof tf.Tensor))
      throw new TypeError('customGrad gives its inputs')
    if (typeof save !== 'function') throw new TypeError('customGrad gives save')
    const none = tf.tensor1d([], 'float32')
    const outputs = native().executeMultipleOutputs('FusedBatchNormV3', attributes, [x, scale, offset, none, none], 6)
    const [y, mean, estimate, ...reserved] = outputs
    if (!y || !mean || !estimate) throw new Error('FusedBatchNormV3 gave too little')
    const count = x.size / (x.shape[3] ?? 1)
    statistics = { mean: tf.keep(tf.clone(mean)), variance: tf.keep(tf.mul(estimate, (count - 1) / count)) }
    save([x, scale, ...reserved])
    return {
      value: y,
      gradFunc: (dy: Tensor, saved: Tensor[]) =>
        native()
          .executeMultipleOutputs('FusedBatchNormGradV3', attributes, [dy, ...saved], 5)
          .slice(0, 3),
    }
  })
  const values = withGradient(pictures, gamma, beta)
  if (!statistics) throw new Error('The batch was not normalized')
  return { values, ...statistics }
}

let fastStepInstalled = false

/**
 * Replaces tfjs's `Step` kernel, with which every ReLU computes its gradient, by two native operations for seven: about
 * a tenth of a training step. Unlike upstream's it takes NaN for zero; the training loop looks for NaN itself.
 */
export function installFastStep(): void {
  if (fastStepInstalled) return
  fastStepInstalled = true
  const upstream = tf.getKernel('Step', 'tensorflow')
  tf.unregisterKernel('Step', 'tensorflow')
  tf.registerKernel({
    ...upstream,
    kernelFunc: (call) => {
      const { x } = call.inputs
      const slope = call.attrs?.['alpha']
      if (!(x instanceof tf.Tensor) || x.dtype !== 'float32' || (slope !== undefined && slope !== 0)) {
        return upstream.kernelFunc(call)
      }
      return tf.tidy(() => tf.cast(tf.greater(x, 0), 'float32'))
    },
  })
}

const VolumeConvolution = z.object({ strides: z.tuple([z.number(), z.number(), z.number()]), pad: z.enum(paddings) })

let volumeConvolutionInstalled = false

/**
 * Replaces tfjs's `Conv3D` kernel where TensorFlow 2.21's computes something else on the CPU: for one channel and one
 * place along the width, to which a stride above 1 led. With a second channel, which weighs nothing, it is right.
 */
export function installVolumeConvolution(): void {
  if (volumeConvolutionInstalled) return
  volumeConvolutionInstalled = true
  const upstream = tf.getKernel('Conv3D', 'tensorflow')
  tf.unregisterKernel('Conv3D', 'tensorflow')
  tf.registerKernel({
    ...upstream,
    kernelFunc: (call) => {
      const { x, filter } = call.inputs
      if (!(x instanceof tf.Tensor) || !(filter instanceof tf.Tensor)) return upstream.kernelFunc(call)
      const { strides, pad } = VolumeConvolution.parse(call.attrs)
      const [size = 1, channels] = x.shape.slice(3)
      const places = windowCount(size, { kernel: filter.shape[2] ?? 1, stride: strides[2] }, pad)
      if (channels !== 1 || places !== 1 || strides[2] === 1) return upstream.kernelFunc(call)
      const [values, kernel] = [tf.concat([x, x], 4), tf.concat([filter, tf.zerosLike(filter)], 3)]
      try {
        return upstream.kernelFunc({ ...call, inputs: { x: values, filter: kernel } })
      } finally {
        tf.dispose([values, kernel])
      }
    },
  })
}
