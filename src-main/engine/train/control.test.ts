import { describe, expect, it } from 'vitest'
import { Lock } from '@shared/lock'
import { giveWay, RunControl } from './control'

describe('turns', () => {
  it('go on until the stop that is not tolerated any more', async () => {
    const control = new RunControl()
    const [training, judging] = [control.turns(), control.turns(1)]
    expect([await training(), await judging()]).toEqual([true, true])
    control.stop()
    expect([await training(), await judging()]).toEqual([false, true])
    control.stop()
    expect(await judging()).toBe(false)
  })

  it('notice a stop that came before they were asked for', async () => {
    const control = new RunControl()
    control.stop()
    expect(await control.turns()()).toBe(false)
  })

  it('wait while paused, also when paused again at once, and end by a stop', async () => {
    const control = new RunControl()
    const turn = control.turns()
    control.pause()
    control.pause()
    const answers: boolean[] = []
    const waiting = turn().then((answer) => answers.push(answer))
    for (let n = 0; n < 5; n++) await giveWay()
    control.resume()
    control.pause()
    for (let n = 0; n < 5; n++) await giveWay()
    expect([answers, control.paused]).toEqual([[], true])
    control.resume()
    await waiting
    expect(answers).toEqual([true])
    control.pause()
    const last = turn()
    control.stop()
    expect([await last, control.paused]).toEqual([false, false])
  })

  it('let whatever else waits go first', async () => {
    const order: string[] = []
    setImmediate(() => order.push('message'))
    await new RunControl().turns()()
    order.push('step')
    expect(order).toEqual(['message', 'step'])
  })
})

describe('a lock', () => {
  it('lets users in one at a time, in order, and goes on after a failure', async () => {
    const lock = new Lock()
    const seen: string[] = []
    const use = (name: string, fails = false) =>
      lock.run(async () => {
        seen.push(`${name} in`)
        await giveWay()
        seen.push(`${name} out`)
        if (fails) throw new Error(name)
        return name
      })
    const results = await Promise.allSettled([use('a'), use('b', true), use('c')])
    expect(seen).toEqual(['a in', 'a out', 'b in', 'b out', 'c in', 'c out'])
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  })
})
