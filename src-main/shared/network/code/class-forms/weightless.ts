/** A layer without weights in TypeScript. */
export interface Weightless {
  readonly className: string
  /** What it does, in one sentence. */
  readonly doc: string
  /** Its settings with their types: `size: number[]`. */
  readonly settings: readonly string[]
  /** What comes out of `input`, statements that end in a return; `settings` and `training` are at hand. */
  readonly call: readonly string[]
  /** The sizes of the output's places, from the input's `sizes`; `channels` alone where none are left. */
  readonly places: string
}

/** The source of a class that tfjs lacks. */
export function weightless({ className, doc, settings, call, places }: Weightless): string {
  const names = settings.map((setting) => setting.replace(/\??:.*/, ''))
  const given = names.length > 0 ? [`    const { ${names.join(', ')} } = this.config`] : []
  const training = call.some((line) => line.includes('training')) ? ', kwargs: { training?: boolean }' : ''
  return [
    `/** ${doc} */`,
    `class ${className} extends tf.layers.Layer {`,
    `  static readonly className = '${className}'`,
    '',
    `  constructor(private readonly config: { ${[...settings, 'name?: string'].join('; ')} }) {`,
    '    super(config.name ? { name: config.name } : {})',
    '  }',
    '',
    `  override call(inputs: tf.Tensor | tf.Tensor[]${training}): tf.Tensor {`,
    '    const input = Array.isArray(inputs) ? inputs[0] : inputs',
    ...(call.some((line) => names.some((name) => line.includes(name))) ? given : []),
    ...(training ? ['    const training = kwargs.training === true'] : []),
    ...call.map((line) => `    ${line}`),
    '  }',
    '',
    '  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {',
    '    const [batch, ...sizes] = inputShape as number[]',
    '    const channels = sizes.pop()!',
    ...(names.some((name) => places.includes(name)) ? given : []),
    `    return [batch, ${places ? `...${places}, ` : ''}channels]`,
    '  }',
    '',
    '  override getConfig() {',
    '    return { ...super.getConfig(), ...this.config }',
    '  }',
    '}',
    `tf.serialization.registerClass(${className})`,
  ].join('\n')
}
