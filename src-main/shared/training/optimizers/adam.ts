import { real } from '../../layers/params'
import { defineOptimizer } from '../define'
import { learningRate } from '../learning-rate'

/** Kingma and Ba, "Adam: A Method for Stochastic Optimization", 2015. */
export default defineOptimizer({
  kind: 'adam',
  params: {
    learningRate: learningRate(0.001),
    beta1: real({ initial: 0.9, min: 0, max: 0.9999, step: 0.01 }),
    beta2: real({ initial: 0.999, min: 0, max: 0.99999, step: 0.001 }),
    epsilon: real({ initial: 1e-7, min: 1e-12, max: 1, step: 1e-7 }),
  },
  tfjs: ({ learningRate: rate, beta1, beta2, epsilon }) => ({ factory: 'adam', args: [rate, beta1, beta2, epsilon] }),
  // TensorFlow's kernel adds epsilon before the bias correction, Kingma and Ba (and tfjs) after it: scaled to agree.
  lower: (graph, { beta1, beta2, epsilon }) => {
    const [power1, power2] = [graph.power('beta1', beta1), graph.power('beta2', beta2)]
    const correction = graph.op('Sqrt', [graph.op('Sub', [graph.scalar(1), power2])])
    return graph.op('ResourceApplyAdam', [
      graph.variable,
      graph.slot('m'),
      graph.slot('v'),
      power1,
      power2,
      graph.learningRate,
      graph.scalar(beta1),
      graph.scalar(beta2),
      graph.op('Mul', [graph.scalar(epsilon), correction]),
      graph.gradient,
    ])
  },
})
