import { optimizerKinds } from '@shared/training/registry'
import { initialTraining, TrainingSettings } from '@shared/training/settings'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { useTrainingStore } from './training'

beforeEach(() => setActivePinia(createPinia()))

describe('training settings', () => {
  it.each([...optimizerKinds.keys()])('%s comes with values that may be sent', (kind) => {
    const training = useTrainingStore()
    training.chooseOptimizer(kind)
    expect(training.settings.optimizer.kind).toBe(kind)
    expect(Object.keys(training.optimizerValues)).toEqual(Object.keys(optimizerKinds.get(kind)?.params ?? {}))
    expect(TrainingSettings.safeParse(training.settings).success).toBe(true)
  })

  it('leaves an unknown optimizer and the chosen one alone', () => {
    const training = useTrainingStore()
    training.setOptimizerValue('learningRate', 0.5)
    training.chooseOptimizer('nothing-of-that-name')
    training.chooseOptimizer(training.settings.optimizer.kind)
    expect(training.optimizerValues.learningRate).toBe(0.5)
  })

  it('changes one value and keeps the others', () => {
    const training = useTrainingStore()
    training.setOptimizerValue('beta1', 0.8)
    expect(training.settings.optimizer.values).toEqual({ learningRate: 0.001, beta1: 0.8, beta2: 0.999, epsilon: 1e-7 })
    expect(initialTraining.optimizer.values).toEqual({ learningRate: 0.001 })
  })

  it('shows the values of an optimizer from a newer program as they are', () => {
    const training = useTrainingStore()
    training.change({ optimizer: { kind: 'of-tomorrow', values: { wings: 2 } } })
    expect(training.optimizer).toBeUndefined()
    expect(training.optimizerValues).toEqual({ wings: 2 })
  })

  it('rolls seeds that may be sent', () => {
    const training = useTrainingStore()
    const seeds = Array.from({ length: 50 }, () => {
      training.rollSeed()
      return training.settings.seed
    })
    expect(seeds.every((seed) => TrainingSettings.shape.seed.safeParse(seed).success)).toBe(true)
    expect(new Set(seeds).size).toBeGreaterThan(1)
  })
})
