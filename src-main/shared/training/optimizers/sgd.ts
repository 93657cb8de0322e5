import { defineOptimizer } from '../define'
import { learningRate } from '../learning-rate'

/** Plain stochastic gradient descent. */
export default defineOptimizer({
  kind: 'sgd',
  params: { learningRate: learningRate(0.1) },
  tfjs: (values) => ({ factory: 'sgd', args: [values.learningRate] }),
  lower: (graph) => graph.op('ResourceApplyGradientDescent', [graph.variable, graph.learningRate, graph.gradient]),
})
