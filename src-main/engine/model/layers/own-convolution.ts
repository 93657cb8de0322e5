import { z } from 'zod'
import { activations } from '@shared/layers/activations'
import { paddings } from '@shared/layers/arithmetic'
import type { KernelRole } from '@shared/layers/weighting'
import { asRow } from '@shared/layers/windows'
import { tf, type ConfigDict, type Layer, type Tensor } from '../../tf'
import {
  Described,
  describeInitializer,
  makeInitializer,
  makeRegularizer,
  type Initializer,
  type LayerVariable,
} from './described'

/** The settings that all convolutions of ours share, in Keras's words. */
const Settings = z.object({
  name: z.string(),
  kernelSize: z.array(z.int()).min(1).max(3),
  strides: z.array(z.int()),
  padding: z.enum(paddings),
  dilationRate: z.array(z.int()).default([]),
  activation: z.enum(activations),
  useBias: z.boolean(),
})

/** What a convolution of ours has besides its sums: kernels with first values and penalties, bias and activation. */
export abstract class OwnConvolution extends tf.layers.Layer {
  protected readonly settings: z.output<typeof Settings>
  private readonly given: ConfigDict
  private readonly initializers: ReadonlyMap<KernelRole, Initializer>
  private readonly activation: Layer
  private bias: LayerVariable | undefined

  constructor(config: ConfigDict, roles: readonly KernelRole[]) {
    const settings = Settings.parse(config)
    super({ name: settings.name })
    this.settings = settings
    this.given = config
    this.activation = tf.layers.activation({ activation: settings.activation })
    const usual = { className: 'GlorotUniform', config: {} }
    this.initializers = new Map(
      roles.map((role) => [role, makeInitializer(Described.parse(config[`${role}Initializer`] ?? usual))]),
    )
  }

  /** Adds a kernel by its Keras name; `first` stands in for the initializer of its role. */
  protected addKernel(role: KernelRole, name: string, shape: number[], first = this.initializer(role)): LayerVariable {
    const penalty = this.given[`${role}Regularizer`]
    const regularizer = penalty ? makeRegularizer(Described.parse(penalty)) : undefined
    return this.addWeight(name, shape, 'float32', first, regularizer, true)
  }

  protected initializer(role: KernelRole): Initializer {
    const found = this.initializers.get(role)
    if (!found) throw new Error(`${this.name} has no ${role} weights`)
    return found
  }

  /** Adds the bias, where one is wanted. */
  protected addBias(shape: number[]): void {
    const { useBias } = this.settings
    if (useBias) this.bias = this.addWeight('bias', shape, 'float32', tf.initializers.zeros(), undefined, true)
  }

  /** What comes out, given the sums. */
  protected finish(sums: Tensor): Tensor {
    const result = this.activation.call(this.bias ? tf.add(sums, this.bias.read()) : sums, {})
    const [output] = Array.isArray(result) ? result : [result]
    if (!output) throw new Error('The activation gave nothing')
    return output
  }

  override getConfig(): ConfigDict {
    const initializers = [...this.initializers].map(([role, one]) => [`${role}Initializer`, describeInitializer(one)])
    return { ...super.getConfig(), ...this.given, ...Object.fromEntries(initializers) }
  }
}

/** The one input of a layer. */
export function onlyInput(inputs: Tensor | Tensor[]): Tensor {
  const [input] = Array.isArray(inputs) ? inputs : [inputs]
  if (!input) throw new RangeError('A convolution has one input')
  return input
}

/** A weight's value, once the layer was built. */
export function valueOf(variable: LayerVariable | undefined): Tensor {
  if (!variable) throw new RangeError('A convolution must be built for its input')
  return variable.read()
}

/** Sizes along two axes, for what tfjs computes on pictures: a sequence is a picture of one row. */
export function pair(sizes: readonly number[]): [number, number] {
  const [first = 1, second = 1] = asRow(sizes)
  return [first, second]
}

/** A batch of pictures, or of sequences as pictures of one row. */
export function asPicture(value: Tensor): ReturnType<Tensor['as4D']> {
  const [samples = 1, ...sizes] = value.shape
  const channels = sizes.pop() ?? 1
  const [height, width] = pair(sizes)
  return value.as4D(samples, height, width, channels)
}

/** A kernel `[…window, one, other]` over pictures, or over sequences as pictures of one row. */
export function asPictureKernel(kernel: Tensor): ReturnType<Tensor['as4D']> {
  const [height, width] = pair(kernel.shape.slice(0, -2))
  const [one = 1, other = 1] = kernel.shape.slice(-2)
  return kernel.as4D(height, width, one, other)
}

/** What came out of pictures, as sequences where `axes` is 1. */
export function withAxes(pictures: Tensor, axes: number): Tensor {
  return axes === 1 ? tf.squeeze(pictures, [1]) : pictures
}
