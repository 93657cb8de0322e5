import { real, toggle } from '../../layers/params'
import { defineOptimizer } from '../define'
import { learningRate } from '../learning-rate'

/** Gradient descent with momentum (Polyak 1964), on request looking ahead (Nesterov 1983): AlexNet's choice. */
export default defineOptimizer({
  kind: 'momentum',
  params: {
    learningRate: learningRate(0.01),
    momentum: real({ initial: 0.9, min: 0, max: 0.9999, step: 0.01 }),
    nesterov: toggle({ initial: false }),
  },
  tfjs: (values) => ({ factory: 'momentum', args: [values.learningRate, values.momentum, values.nesterov] }),
  lower: (graph, { momentum, nesterov }) =>
    graph.op(
      'ResourceApplyMomentum',
      [graph.variable, graph.slot('momentum'), graph.learningRate, graph.gradient, graph.scalar(momentum)],
      { use_nesterov: { bool: nesterov } },
    ),
})
