import type { CapturedSample, ClipForm } from '@shared/data/collection'
import { clipFile, FrameCanvas } from './frames'
import { clipTimes, type OpenVideo } from './video'

/** What is made of each video. */
export type Conversion =
  | {
      readonly to: 'volumes'
      readonly clip: ClipForm
      /** Null: each video is one clip. */ readonly seconds: number | null
    }
  | { readonly to: 'pictures'; readonly count: number; readonly side: number }

/** The samples that a video gives, one by one, so that no more than one is in memory. `name` is that of its file. */
export async function* samplesOf(
  video: OpenVideo,
  name: string,
  conversion: Conversion,
): AsyncGenerator<CapturedSample> {
  if (conversion.to === 'pictures') {
    const canvas = new FrameCanvas({ width: conversion.side, height: conversion.side })
    for (const time of clipTimes(video.seconds, conversion.count, null).flat()) {
      canvas.draw(await video.at(time))
      yield { name, format: 'png', bytes: await canvas.png() }
    }
    return
  }
  const { clip, seconds } = conversion
  const canvas = new FrameCanvas(clip)
  for (const times of clipTimes(video.seconds, clip.frames, seconds)) {
    const frames: Uint8Array[] = []
    for (const time of times) {
      canvas.draw(await video.at(time))
      frames.push(canvas.values(clip.channels))
    }
    yield { name, format: 'npy', bytes: clipFile(frames, clip) }
  }
}

/** A file's name without folders and ending. */
export function stemOf(file: string): string {
  const base = file.split('/').at(-1) ?? file
  return base.replace(/\.[^.]*$/, '') || base
}
