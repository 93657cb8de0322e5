import { weightless } from '../class-forms/weightless'
import { defineClass } from './define'

/** tfjs's ELU knows no alpha but 1; `tfjsForm` puts this class for it. */
export default defineClass({
  className: 'StretchedELU',
  typescript: weightless({
    className: 'StretchedELU',
    doc: 'x above zero, alpha · (exp(x) − 1) below.',
    settings: ['alpha: number'],
    call: ['return tf.leakyRelu(tf.elu(input), alpha)'],
    places: 'sizes',
  }),
})
