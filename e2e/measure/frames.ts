import type { Page } from '@playwright/test'

/** The median of frames' times, and the slow ones. */
export function named(name: string, frames: readonly number[]): Record<string, number> {
  const sorted = [...frames].sort((one, other) => one - other)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
  return { [`${name}Median`]: at(0.5), [`${name}Slow`]: at(0.95), [`${name}Slowest`]: at(1) }
}

/** Milliseconds between frames while something is done. */
export async function framesWhile(page: Page, action: () => Promise<void>): Promise<number[]> {
  await page.evaluate(() => {
    const frames: number[] = []
    const watch = { frames, goesOn: true }
    let last = performance.now()
    const onFrame = (now: number): void => {
      frames.push(now - last)
      last = now
      if (watch.goesOn) requestAnimationFrame(onFrame)
    }
    requestAnimationFrame(onFrame)
    Object.assign(globalThis, { watch })
  })
  await action()
  return page.evaluate(() => {
    const { watch } = globalThis as unknown as { watch: { frames: number[]; goesOn: boolean } }
    watch.goesOn = false
    return watch.frames.slice(1)
  })
}
