import { afterEach, describe, expect, it } from 'vitest'
import { layerKind } from '@shared/layers/registry'
import { tf } from '../tf'
import { easyBatch, preprocessing, settings, smallNetwork } from '../testing/networks'
import { makeCompiledStepper } from './compiled-stepper'
import { makeStepper, type Chore } from './make-stepper'
import { Trials } from './trials'

function chore(own: Partial<Chore> = {}): Chore {
  return {
    network: smallNetwork(),
    settings: settings(),
    preprocessing,
    classCount: 3,
    stepsAhead: 1000,
    device: 'cpu',
    trials: new Trials(),
    ...own,
  }
}

const restore: (() => void)[] = []
afterEach(() => {
  for (const undo of restore.splice(0)) undo()
})

/** Takes a kind's compiled form away for one test. */
function withoutLowering(name: string): void {
  const kind = layerKind(name)
  const own = kind && Object.getOwnPropertyDescriptor(kind, 'lower')
  if (!kind || !own) throw new Error(`${name} has no compiled form to take away`)
  Object.defineProperty(kind, 'lower', { ...own, value: undefined })
  restore.push(() => Object.defineProperty(kind, 'lower', own))
}

describe('how a run computes', () => {
  it.each(['float32', 'bfloat16', 'float16'] as const)('is as the person chose: %s', async (precision) => {
    const { stepper, compute } = await makeStepper(chore({ settings: settings({ precision }) }))
    expect(compute).toEqual({ path: 'compiled', precision, why: 'chosen', uncompiled: [], trial: [] })
    stepper.dispose()
  })

  it('is not tried out for a short run', async () => {
    const { stepper, compute } = await makeStepper(chore({ stepsAhead: 20 }))
    expect(compute).toMatchObject({ precision: 'float32', why: 'short', trial: [] })
    stepper.dispose()
  })

  it('is tried out, after which the run begins as if it had not been', async () => {
    const sessions = tf.node.getNumOfSavedModels()
    const { stepper, compute } = await makeStepper(chore())
    expect(tf.node.getNumOfSavedModels()).toBe(sessions + 1)
    expect(compute).toMatchObject({ path: 'compiled', why: 'trial' })
    expect(compute.trial.map(({ precision }) => precision)).toEqual(['float32', 'bfloat16'])
    const [first, second] = compute.trial.map(({ milliseconds }) => milliseconds)
    expect(compute.precision).toBe(second! * 1.25 < first! ? 'bfloat16' : 'float32')
    const fresh = makeCompiledStepper(smallNetwork(), settings(), preprocessing, compute.precision)
    expect(await stepper.readState()).toEqual(await fresh.readState())
    expect(stepper.step(easyBatch(16, 1))).toEqual(fresh.step(easyBatch(16, 1)))
    stepper.dispose()
    fresh.dispose()
  })

  it('is tried out once for one network, whatever a second trial would find', async () => {
    const trials = new Trials()
    const first = await makeStepper(chore({ trials }))
    const again = await makeStepper(chore({ trials, settings: settings({ seed: 9, epochs: 50 }) }))
    expect(again.compute).toBe(first.compute)
    const other = await makeStepper(chore({ trials, settings: settings({ batchSize: 7 }) }))
    expect(other.compute).not.toBe(first.compute)
    for (const { stepper } of [first, again, other]) stepper.dispose()
  })

  it('is eager, and names the layers, where some have no compiled form', async () => {
    withoutLowering('dropout')
    withoutLowering('flatten')
    const { stepper, compute } = await makeStepper(chore())
    expect(compute).toMatchObject({ path: 'eager', precision: 'float32', why: 'layers' })
    expect([...compute.uncompiled].sort()).toEqual(['dropout', 'flatten'])
    expect(stepper.step(easyBatch(16, 1)).loss).toBeGreaterThan(0)
    stepper.dispose()
  })
})

describe('a compiled stepper in a short type', () => {
  it.each([
    { precision: 'bfloat16', close: 0.02 },
    { precision: 'float16', close: 0.005 },
  ] as const)('takes nearly the steps of float32 in $precision, and is judged in float32', ({ precision, close }) => {
    const own = settings({ seed: 7 })
    const exact = makeCompiledStepper(smallNetwork(), own, preprocessing, 'float32')
    const short = makeCompiledStepper(smallNetwork(), own, preprocessing, precision)
    const first = easyBatch(32, 1)
    expect(short.evaluate(first)).toEqual(exact.evaluate(first))
    for (let n = 0; n < 40; n++) {
      const [one, other] = [exact.step(easyBatch(32, n)).loss, short.step(easyBatch(32, n)).loss]
      expect(Math.abs(one - other)).toBeLessThan(close)
    }
    exact.dispose()
    short.dispose()
  })

  it('goes on from a state exactly, the loss scale included', async () => {
    const make = () => makeCompiledStepper(smallNetwork(), settings(), preprocessing, 'float16')
    const whole = make()
    for (let n = 0; n < 3; n++) whole.step(easyBatch(32, n))
    const state = await whole.readState()
    expect(state.optimizer.find(({ name }) => name === 'loss-scale')?.values[1]).toBe(3)
    const goingOn = make()
    await goingOn.writeState(state)
    expect(goingOn.step(easyBatch(32, 9))).toEqual(whole.step(easyBatch(32, 9)))
    expect(await goingOn.readState()).toEqual(await whole.readState())
    whole.dispose()
    goingOn.dispose()
  })

  it('halves the loss scale where gradients leave float16, and moves all the same', async () => {
    const stepper = makeCompiledStepper(smallNetwork(), settings(), preprocessing, 'float16')
    const state = await stepper.readState()
    const huge = state.optimizer.map((array) =>
      array.name === 'loss-scale' ? { ...array, values: Float32Array.of(2 ** 24, 0) } : array,
    )
    await stepper.writeState({ ...state, optimizer: huge })
    expect(stepper.step(easyBatch(32, 1)).loss).toBeGreaterThan(0)
    const after = await stepper.readState()
    expect(after.optimizer.find(({ name }) => name === 'loss-scale')?.values[0]).toBeLessThan(2 ** 24)
    expect(after.weights).not.toEqual(state.weights)
    stepper.dispose()
  })
})
