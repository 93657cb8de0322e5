import { weightless } from '../class-forms/weightless'
import { defineClass } from './define'

/** tfjs's up-sampling of pictures blends between the corners of pixels; `tfjsForm` puts this class for Keras's. */
export default defineClass({
  className: 'BlendedUpSampling2D',
  typescript: weightless({
    className: 'BlendedUpSampling2D',
    doc: 'Enlarges a picture, blending between the middles of its pixels as Keras does.',
    settings: ['size: number[]', "interpolation: 'bilinear'"],
    call: [
      'return size.reduce((value, times, at) => {',
      '  const [before, length, behind] = [value.shape.slice(0, at + 1), value.shape[at + 1], value.shape.slice(at + 2)]',
      '  // Each new place has its shares in the two old ones that it lies between.',
      '  const shares = Array.from({ length: length * times }, (_row, place) => {',
      '    const middle = Math.min(Math.max((place + 0.5) / times - 0.5, 0), length - 1)',
      '    return Array.from({ length }, (_column, old) => Math.max(0, 1 - Math.abs(middle - old)))',
      '  })',
      '  const rows = value.reshape([-1, length, behind.reduce((product, one) => product * one, 1)])',
      '  return tf.matMul(tf.tensor3d([shares]), rows).reshape([...before, length * times, ...behind])',
      '}, input)',
    ],
    places: 'size.map((times, axis) => sizes[axis] * times)',
  }),
})
