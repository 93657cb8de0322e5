import { test, type Page } from '@playwright/test'
import { folderOf } from '../fixtures'
import { Workbench } from '../support/workbench'
import { beginTraining, firstStep, openSample } from './training'
import { tellFigures } from './tell'

/** The window is watched so long, in milliseconds, and given an input so often. */
const watched = 10_000
const every = 125

interface Watched {
  /** Milliseconds between a frame and the next. */
  readonly frames: number[]
  /** Milliseconds from an input to the frame that follows it, painted. */
  readonly inputs: number[]
}

test('how the window answers, at rest and while it trains', async ({}, testInfo) => {
  const workbench = await Workbench.launch({ userData: folderOf(testInfo, 'user-data') })
  await openSample(workbench)
  await workbench.frame.go('train')
  const rest = await watch(workbench.page)
  await beginTraining(workbench)
  await firstStep(workbench)
  const training = await watch(workbench.page)
  workbench.kill()
  tellFigures({
    slowestFrameAtRest: Math.max(...rest.frames),
    slowestFrame: Math.max(...training.frames),
    slowestInputAtRest: Math.max(...rest.inputs),
    slowestInput: Math.max(...training.inputs),
    medianInputAtRest: middle(rest.inputs),
    medianInput: middle(training.inputs),
  })
})

/** Moves the pointer over the window and taps a key that does nothing there, and notes when frames come. */
async function watch(page: Page): Promise<Watched> {
  await page.evaluate(begin)
  const size = await page.evaluate(() => [innerWidth, innerHeight] as const)
  const endsAt = Date.now() + watched
  for (let count = 0; Date.now() < endsAt; count++) {
    await page.mouse.move((count * 37) % size[0], (count * 23) % size[1])
    if (count % 4 === 0) await page.keyboard.press('Shift')
    await page.waitForTimeout(every)
  }
  return page.evaluate(end)
}

interface Watch extends Watched {
  stop(): void
}

/** In the window. */
function begin(): void {
  const frames: number[] = []
  const inputs: number[] = []
  const ends = new AbortController()
  let last = performance.now()
  let goesOn = true
  const onFrame = (now: number): void => {
    frames.push(now - last)
    last = now
    if (goesOn) requestAnimationFrame(onFrame)
  }
  requestAnimationFrame((now) => {
    last = now
    requestAnimationFrame(onFrame)
  })
  // A message posted in a frame's callback is handled once that frame was laid out and painted.
  const onInput = ({ timeStamp }: Event): void => {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => inputs.push(performance.now() - timeStamp)
      port2.postMessage(undefined)
    })
  }
  for (const kind of ['pointermove', 'keydown']) addEventListener(kind, onInput, { capture: true, signal: ends.signal })
  const watch: Watch = {
    frames,
    inputs,
    stop: () => {
      goesOn = false
      ends.abort()
    },
  }
  Object.assign(globalThis, { watch })
}

/** In the window. */
function end(): Watched {
  const { watch } = globalThis as unknown as { watch: Watch }
  watch.stop()
  return { frames: watch.frames, inputs: watch.inputs }
}

function middle(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[values.length >> 1] ?? Number.NaN
}
