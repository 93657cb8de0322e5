/** A convolution over sequences that tfjs has over pictures only. */
interface SequenceConvolution {
  readonly className: string
  /** What it does, in one sentence. */
  readonly doc: string
  /** Its own setting beside those of every convolution: `filters`. */
  readonly setting: string
  /** Its kernels by Keras's name, with what their settings begin with and their shape from `size` and `channels`. */
  readonly kernels: readonly { readonly name: string; readonly role: string; readonly shape: string }[]
  /** The sums of `row`, a batch of pictures of one row, given the kernels' values by their names. */
  readonly sums: readonly string[]
  /** The length that comes out of `length` places, given `size` (the kernel's), `stride`, `dilation` and `padding`. */
  readonly length: string
  /** The channels that come out. */
  readonly channels: string
}

/** The source of such a class, which sees a sequence as a picture of one row. */
export function sequenceConvolution(own: SequenceConvolution): { className: string; typescript: string } {
  const { className, doc, setting, kernels, sums, length, channels } = own
  const roles = kernels.flatMap(({ role }) => [
    `  ${role}Initializer?: Parameters<typeof tf.layers.dense>[0]['kernelInitializer']`,
    `  ${role}Regularizer?: ReturnType<typeof tf.regularizers.l1l2>`,
  ])
  const added = kernels.map(
    ({ name, role, shape }) =>
      `    this.addWeight('${name}', ${shape}, 'float32', first(this.config.${role}Initializer), this.config.${role}Regularizer)`,
  )
  const names = kernels.map(({ role }) => role)
  const typescript = [
    `interface ${className}Config {`,
    `  ${setting}: number`,
    '  kernelSize: number[]',
    '  strides: number[]',
    '  dilationRate?: number[]',
    "  padding: 'valid' | 'same'",
    "  activation: Parameters<typeof tf.layers.activation>[0]['activation']",
    '  useBias: boolean',
    ...roles,
    '  name?: string',
    '}',
    '',
    `/** ${doc} */`,
    `class ${className} extends tf.layers.Layer {`,
    `  static readonly className = '${className}'`,
    '',
    `  constructor(private readonly config: ${className}Config) {`,
    '    super(config.name ? { name: config.name } : {})',
    '  }',
    '',
    '  private places(length: number): number {',
    '    const { kernelSize: [size], strides: [stride], dilationRate: [dilation] = [1], padding } = this.config',
    '    const extent = (size - 1) * dilation + 1',
    `    return ${length}`,
    '  }',
    '',
    '  override build(inputShape: tf.Shape | tf.Shape[]): void {',
    `    const { kernelSize: [size], ${setting}, useBias } = this.config`,
    '    const channels = inputShape[inputShape.length - 1] as number',
    `    const first = (given: ${className}Config['${kernels[0]?.role}Initializer'] = 'glorotUniform') =>`,
    "      typeof given === 'string' ? tf.initializers[given as 'zeros']() : given",
    ...added,
    `    if (useBias) this.addWeight('bias', [${channels}], 'float32', tf.initializers.zeros())`,
    '    super.build(inputShape)',
    '  }',
    '',
    '  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {',
    '    const input = Array.isArray(inputs) ? inputs[0] : inputs',
    `    const { ${setting}, strides: [stride], dilationRate: [dilation] = [1], padding, activation } = this.config`,
    `    const [${names.join(', ')}, bias] = this.weights.map((weight) => weight.read())`,
    '    const [batch, length, channels] = input.shape',
    '    const row = input.reshape<tf.Tensor4D>([batch, 1, length, channels])',
    ...sums.map((line) => `    ${line}`),
    `    const places = sums.reshape([batch, this.places(length), ${channels}])`,
    '    return tf.layers.activation({ activation }).apply(bias ? places.add(bias) : places) as tf.Tensor',
    '  }',
    '',
    '  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {',
    '    const [batch, length, channels] = inputShape as number[]',
    `    const { ${setting} } = this.config`,
    `    return [batch, this.places(length), ${channels}]`,
    '  }',
    '',
    '  override getConfig() {',
    '    return { ...super.getConfig(), ...(this.config as object) }',
    '  }',
    '}',
    `tf.serialization.registerClass(${className})`,
  ].join('\n')
  return { className, typescript }
}

/** The places of windows that go forward. */
export const forwardLength = "Math.ceil((padding === 'same' ? length : length - extent + 1) / stride)"
