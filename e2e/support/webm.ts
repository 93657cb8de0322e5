import type { Page } from '@playwright/test'

/** A video of a bright square that goes to the right or down, as the browser itself records it. */
export async function recordVideo(page: Page, way: 'right' | 'down', seconds = 1): Promise<Buffer> {
  const text = await page.evaluate(
    async ([down, duration]) => {
      const canvas = Object.assign(document.createElement('canvas'), { width: 160, height: 120 })
      const context = canvas.getContext('2d')!
      const recorder = new MediaRecorder(canvas.captureStream(30), { mimeType: 'video/webm;codecs=vp8' })
      const pieces: Blob[] = []
      recorder.ondataavailable = ({ data }) => pieces.push(data)
      const ended = new Promise((resolve) => (recorder.onstop = resolve))
      recorder.start()
      const began = performance.now()
      for (let share = 0; share < 1; share = (performance.now() - began) / (duration * 1000)) {
        context.fillStyle = '#000'
        context.fillRect(0, 0, 160, 120)
        context.fillStyle = '#fff'
        context.fillRect(down ? 60 : 20 + share * 80, down ? share * 80 : 40, 40, 40)
        await new Promise((resolve) => requestAnimationFrame(resolve))
      }
      recorder.stop()
      await ended
      const bytes = new Uint8Array(await new Blob(pieces).arrayBuffer())
      return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
    },
    [way === 'down', seconds] as const,
  )
  return Buffer.from(text, 'latin1')
}
