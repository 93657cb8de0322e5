import { AppError } from '@shared/ipc/errors'
import { paramIssues } from '@shared/layers/params'
import { englishText } from '@shared/messages/english'
import { optimizerKinds } from '@shared/training/registry'
import type { TrainingSettings } from '@shared/training/settings'
import { tf, type Optimizer } from '../tf'
import type { OptimizerArray } from './stepper'

type OptimizerSettings = TrainingSettings['optimizer']

/** Refuses an optimizer that is not known or has values that it does not allow. */
export function refuseWrongOptimizer({ kind: name, values }: OptimizerSettings): void {
  const kind = optimizerKinds.get(name)
  if (!kind) throw new AppError('optimizer-unknown', { kind: name, known: [...optimizerKinds.keys()].join(', ') })
  const [issue] = paramIssues(kind.params, values)
  if (!issue) return
  const detail = englishText(`problems.${issue.code}`, { param: issue.param, ...issue.allowed })
  throw new AppError('setting-invalid', { detail })
}

/** A tfjs optimizer as its kind describes it. */
export function makeOptimizer({ kind: name, values }: OptimizerSettings): Optimizer {
  const kind = optimizerKinds.get(name)
  if (!kind) throw new AppError('optimizer-unknown', { kind: name, known: [...optimizerKinds.keys()].join(', ') })
  const { factory, args } = kind.tfjs(values)
  const make: unknown = Reflect.get(tf.train, factory)
  if (typeof make !== 'function') throw new Error(`tfjs has no optimizer ${factory}`)
  const optimizer: unknown = make(...args)
  if (!(optimizer instanceof tf.Optimizer)) throw new Error(`tfjs's ${factory} gives no optimizer`)
  return optimizer
}

/** Frees an optimizer's memory, with the scalars that some of tfjs's own `dispose` methods forget. */
export function disposeOptimizer(optimizer: Optimizer): void {
  optimizer.dispose()
  for (const value of Object.values(optimizer)) if (value instanceof tf.Tensor && !value.isDisposed) value.dispose()
}

/** Copies an optimizer's memory: the number of its steps and its running means. */
export async function readOptimizer(optimizer: Optimizer): Promise<OptimizerArray[]> {
  const arrays = await optimizer.getWeights()
  return arrays.map(({ name, tensor }) => {
    const values = tensor.dataSync<'float32' | 'int32'>()
    const array = { name, shape: [...tensor.shape] }
    // The step count comes as a new tensor of its own, the rest are the optimizer's variables.
    if (!(tensor instanceof tf.Variable)) tensor.dispose()
    return values instanceof Int32Array
      ? { ...array, dtype: 'int32', values: Int32Array.from(values) }
      : { ...array, dtype: 'float32', values: Float32Array.from(values) }
  })
}

/** Gives a new optimizer the memory of another of its kind. */
export async function writeOptimizer(optimizer: Optimizer, arrays: readonly OptimizerArray[]): Promise<void> {
  const named = arrays.map(({ name, values, shape, dtype }) => ({ name, tensor: tf.tensor(values, [...shape], dtype) }))
  await optimizer.setWeights(named)
  for (const { tensor } of named) if (!tensor.isDisposed) tensor.dispose()
}
