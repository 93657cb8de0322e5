import { real } from '../../layers/params'
import { defineOptimizer } from '../define'
import { learningRate } from '../learning-rate'

/** Tieleman and Hinton, "RMSProp", Coursera lecture 6.5, 2012. */
export default defineOptimizer({
  kind: 'rmsprop',
  params: {
    learningRate: learningRate(0.001),
    decay: real({ initial: 0.9, min: 0, max: 0.9999, step: 0.01 }),
    momentum: real({ initial: 0, min: 0, max: 0.9999, step: 0.01 }),
    epsilon: real({ initial: 1e-7, min: 1e-12, max: 1, step: 1e-7 }),
  },
  tfjs: ({ learningRate: rate, decay, momentum, epsilon }) => ({
    factory: 'rmsprop',
    args: [rate, decay, momentum, epsilon],
  }),
  lower: (graph, { decay, momentum, epsilon }) =>
    graph.op('ResourceApplyRMSProp', [
      graph.variable,
      graph.slot('square'),
      graph.slot('momentum'),
      graph.learningRate,
      graph.scalar(decay),
      graph.scalar(momentum),
      graph.scalar(epsilon),
      graph.gradient,
    ]),
})
