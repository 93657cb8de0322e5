import { weightless } from './weightless'

/** Pairs of edges: tfjs and Keras write a sequence's only pair without a list around it. */
const pairs = (setting: string, axes: number) => `${axes === 1 ? `[${setting}]` : setting} as [number, number][]`

/** Zeros around a sequence or a volume, which tfjs has for pictures only. */
export function zeroPadding(axes: number): { className: string; typescript: string } {
  const className = `ZeroPadding${axes}D`
  const source = weightless({
    className,
    doc: 'Puts zeros around the input.',
    settings: [axes === 1 ? 'padding: number[]' : 'padding: number[][]'],
    call: [`const edges = ${pairs('padding', axes)}`, 'return tf.pad(input, [[0, 0], ...edges, [0, 0]])'],
    places: `(${pairs('padding', axes)}).map(([before, behind], axis) => sizes[axis] + before + behind)`,
  })
  return { className, typescript: source }
}

/** Edges cut off a sequence or a volume, which tfjs has for pictures only. */
export function cropping(axes: number): { className: string; typescript: string } {
  const className = `Cropping${axes}D`
  const source = weightless({
    className,
    doc: 'Cuts places off at the edges.',
    settings: [axes === 1 ? 'cropping: number[]' : 'cropping: number[][]'],
    call: [
      `const edges = ${pairs('cropping', axes)}`,
      'const sizes = edges.map(([before, behind], axis) => input.shape[axis + 1] - before - behind)',
      'return tf.slice(input, [0, ...edges.map(([before]) => before), 0], [-1, ...sizes, -1])',
    ],
    places: `(${pairs('cropping', axes)}).map(([before, behind], axis) => sizes[axis] - before - behind)`,
  })
  return { className, typescript: source }
}

/** Places repeated along a sequence or a volume, which tfjs has for pictures only. */
export function upSampling(axes: number): { className: string; typescript: string } {
  const className = `UpSampling${axes}D`
  const factors = axes === 1 ? '[size]' : 'size'
  const source = weightless({
    className,
    doc: 'Repeats every place along each axis.',
    settings: [axes === 1 ? 'size: number' : 'size: number[]'],
    call: [
      `return ${factors}.reduce((value, times, axis) => {`,
      '  const repeated = tf.stack(Array<tf.Tensor>(times).fill(value), axis + 2)',
      '  return repeated.reshape(value.shape.map((length, at) => (at === axis + 1 ? length * times : length)))',
      '}, input)',
    ],
    places: `${factors}.map((times, axis) => sizes[axis] * times)`,
  })
  return { className, typescript: source }
}

/** Dropout of whole channels over pictures or volumes, which tfjs has for sequences only. */
export function spatialDropout(axes: number): { className: string; typescript: string } {
  const className = `SpatialDropout${axes}D`
  const source = weightless({
    className,
    doc: 'Sets a random share of the channels to zero in training, each wholly.',
    settings: ['rate: number'],
    call: [
      'const [batch, ...sizes] = input.shape',
      'const whole = [batch, ...sizes.slice(0, -1).map(() => 1), sizes[sizes.length - 1]]',
      'return training ? tf.dropout(input, rate, whole) : input',
    ],
    places: 'sizes',
  })
  return { className, typescript: source }
}

/** Global pooling over a volume, by tfjs's function over axes. */
export function globalPooling3d(name: string, reduction: 'mean' | 'max'): { className: string; typescript: string } {
  const className = `Global${name}Pooling3D`
  const source = weightless({
    className,
    doc: 'Makes one value of each channel of a volume.',
    settings: [],
    call: [`return tf.${reduction}(input, [1, 2, 3])`],
    places: '',
  })
  return { className, typescript: source }
}
