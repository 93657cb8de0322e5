import type { Playable } from '@/composables/use-player'
import { token } from '@/composables/use-theme'
import { toRgba, type ValueMap } from '../pixels'
import { columnBounds, loudest } from './waves'

/** Pixels between two lanes. */
const gap = 2

/** Draws each channel as a lane: its course around a line at zero, all at the same scale, full at ±1 or the loudest. */
export function drawWaves(context: CanvasRenderingContext2D, sound: Playable, ratio: number): void {
  const { width, height } = context.canvas
  context.clearRect(0, 0, width, height)
  const lane = laneHeight(height, sound.channels.length)
  const most = Math.max(1, loudest(sound))
  for (const [n, samples] of sound.channels.entries()) {
    const middle = n * (lane + gap) + lane / 2
    context.fillStyle = token('--border-strong')
    context.fillRect(0, Math.round(middle), width, Math.max(1, Math.round(ratio)))
    context.fillStyle = token('--data-1')
    const bounds = columnBounds(samples, width)
    for (let column = 0; column < width; column++) {
      const top = middle - ((bounds[2 * column + 1] ?? 0) / most) * (lane / 2)
      const bottom = middle - ((bounds[2 * column] ?? 0) / most) * (lane / 2)
      context.fillRect(column, top, 1, Math.max(ratio, bottom - top))
    }
  }
}

/** Draws the spectrogram of each channel as a lane, stretched to fill it. */
export function drawSpectra(context: CanvasRenderingContext2D, spectra: readonly ValueMap[]): void {
  const { width, height } = context.canvas
  context.clearRect(0, 0, width, height)
  context.imageSmoothingEnabled = true
  const lane = laneHeight(height, spectra.length)
  for (const [n, map] of spectra.entries()) {
    const picture = new OffscreenCanvas(map.width, map.height)
    picture.getContext('2d')?.putImageData(new ImageData(toRgba(map), map.width, map.height), 0, 0)
    context.drawImage(picture, 0, n * (lane + gap), width, lane)
  }
}

function laneHeight(height: number, lanes: number): number {
  return Math.max(1, (height - gap * (lanes - 1)) / Math.max(1, lanes))
}
