// @ts-check

/** A layer as data: its kind and values by Patchwork's names, and the places of the layers that feed it. */
/** @typedef {Record<string, string | number | boolean | number[]>} Values */
/** @typedef {[kind: string, values: Values, from: number[]]} Layer */
/** @typedef {'relu' | 'linear' | 'softmax'} Activation */
/** @typedef {{ activation?: Activation, bias?: boolean, strides?: number, padding?: 'same' | 'valid', groups?: number }} Convolution */

const inputs = ['input', 'sequence-input', 'input', 'volume-input']

/** @param {number[]} shape of one sample: axes and, last, channels */
export function sequence(shape) {
  return new Sequence([[inputs[shape.length - 1] ?? 'input', { shape, part: 'all', first: 1 }, []]])
}

/** Writes a network down layer by layer; each follows the last one unless `from` names another. */
class Sequence {
  /** @param {Layer[]} layers */
  constructor(layers) {
    this.layers = layers
    this.last = layers.length - 1
  }

  /** @param {number} place of the layer that the next one follows */
  from(place) {
    this.last = place
    return this
  }

  /** @param {number} filters @param {number} kernel @param {Convolution} [options] */
  conv2d(filters, kernel, options) {
    return this.#put('conv2d', convolution(2, filters, kernel, options))
  }

  /** @param {number} filters @param {number} kernel @param {Convolution} [options] */
  conv1d(filters, kernel, options) {
    return this.#put('conv1d', convolution(1, filters, kernel, options))
  }

  /** @param {number} filters @param {number} kernel @param {Convolution} [options] */
  conv3d(filters, kernel, options) {
    return this.#put('conv3d', convolution(3, filters, kernel, options))
  }

  /** @param {number} window @param {number} strides */
  maxPool2d(window, strides) {
    return this.#put('max-pooling-2d', pooling(2, window, strides))
  }

  /** @param {number} window */
  maxPool1d(window) {
    return this.#put('max-pooling-1d', pooling(1, window, window))
  }

  /** @param {number} window */
  maxPool3d(window) {
    return this.#put('max-pooling-3d', pooling(3, window, window))
  }

  /** @param {number} window @param {number} strides */
  averagePool2d(window, strides) {
    return this.#put('average-pooling-2d', pooling(2, window, strides))
  }

  averageAll2d() {
    return this.#put('global-average-pooling-2d', {})
  }

  normalizeBatch() {
    return this.#put('batch-normalization', { momentum: 0.99, epsilon: 0.001, center: true, scale: true })
  }

  normalizeResponses() {
    return this.#put('local-response-normalization', { radius: 2, k: 2, alpha: 0.0001, beta: 0.75 })
  }

  /** @param {number} one @param {number} other */
  add(one, other) {
    return this.#put('add', {}, [one, other])
  }

  /** @param {Activation} name */
  activation(name) {
    return this.#put('activation', { function: name, slope: 0.1, alpha: 1 })
  }

  /** @param {number} rate */
  dropout(rate) {
    return this.#put('dropout', { rate })
  }

  flatten() {
    return this.#put('flatten', {})
  }

  /** @param {number} units @param {Activation} [activation] */
  dense(units, activation = 'relu') {
    return this.#put('dense', { units, activation, bias: true, ...weighting })
  }

  /** @param {string} kind @param {Values} values @param {number[]} [from] */
  #put(kind, values, from = [this.last]) {
    this.layers.push([kind, values, from])
    this.last = this.layers.length - 1
    return this
  }
}

/** First weights as every framework draws them, and no penalty on their size. */
const weighting = { initializer: 'glorotUniform', regularizer: 'none', penalty: 0.0001 }

/** @param {number} axes @param {number} filters @param {number} kernel @param {Convolution} [options] */
function convolution(
  axes,
  filters,
  kernel,
  { activation = 'relu', bias = true, strides = 1, padding = 'same', groups = 1 } = {},
) {
  const windows = { kernel: each(axes, kernel), strides: each(axes, strides), padding, dilation: each(axes, 1) }
  return { filters, ...windows, groups, activation, bias, ...weighting }
}

/** @param {number} axes @param {number} window @param {number} strides */
function pooling(axes, window, strides) {
  return { window: each(axes, window), strides: each(axes, strides), padding: 'same' }
}

/**
 * @param {number} axes
 * @param {number} value
 * @returns {number[]}
 */
function each(axes, value) {
  return Array(axes).fill(value)
}
