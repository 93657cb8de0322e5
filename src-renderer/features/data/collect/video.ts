/** Why a video gives no pictures: a code of `collect.video.problems`. */
export class VideoProblem extends Error {
  constructor(readonly code: 'unreadable' | 'too-long' | 'too-large' | 'stuck') {
    super(`The video cannot be decoded: ${code}`)
    this.name = 'VideoProblem'
  }
}

/** Longer or larger ones are cut or shrunk by other means; damaged ones may claim to be any. */
const most = { seconds: 2 * 60 * 60, pixels: 8192 * 8192 }
/** So many milliseconds the browser may take to begin, or to find a frame. */
const patience = 20_000
/** So many milliseconds after a frame was found it is taken for the one that was shown before. */
const sameFrame = 200

/** A video that is decoded frame by frame; to be closed by who opened it. */
export interface OpenVideo {
  readonly seconds: number
  /** Shows the frame at a time and gives the element that shows it. */
  at(time: number): Promise<HTMLVideoElement>
  close(): void
}

/** Opens a video of any format that the browser knows. Throws a `VideoProblem` for any other file. */
export async function openVideo(content: Blob): Promise<OpenVideo> {
  const video = document.createElement('video')
  const address = URL.createObjectURL(content)
  function close(): void {
    video.removeAttribute('src')
    video.load()
    URL.revokeObjectURL(address)
  }
  try {
    video.muted = true
    video.preload = 'auto'
    await happens(video, 'loadeddata', () => (video.src = address))
    if (video.videoWidth === 0) throw new VideoProblem('unreadable')
    if (video.videoWidth * video.videoHeight > most.pixels) throw new VideoProblem('too-large')
    const seconds = await durationOf(video)
    if (!(seconds > 0)) throw new VideoProblem('unreadable')
    if (seconds > most.seconds) throw new VideoProblem('too-long')
    /** The time of the frame that was handed out last. */
    let shown = -1
    return {
      seconds,
      async at(time) {
        const wanted = Math.min(Math.max(0, time), seconds)
        const found = happens(video, 'seeked', () => (video.currentTime = wanted))
        shown = await nextFrame(video, shown, found)
        return video
      },
      close,
    }
  } catch (thrown) {
    close()
    throw thrown
  }
}

/**
 * Waits until a frame is shown that was sought, and gives its time. A video may tell that it has found a frame while what
 * can be drawn is still the one before; the same frame once more is never told, so that the wait for it is short.
 */
async function nextFrame(video: HTMLVideoElement, before: number, found: Promise<void>): Promise<number> {
  let handle = 0
  const told = new Promise<number>((resolve) => {
    const take: VideoFrameRequestCallback = (_now, { mediaTime }) => {
      if (mediaTime === before) handle = video.requestVideoFrameCallback(take)
      else resolve(mediaTime)
    }
    handle = video.requestVideoFrameCallback(take)
  })
  try {
    await found
    return await Promise.race([told, new Promise<number>((resolve) => setTimeout(() => resolve(before), sameFrame))])
  } finally {
    video.cancelVideoFrameCallback(handle)
  }
}

/** What a browser records says no duration; going far behind the end makes it look for it. */
async function durationOf(video: HTMLVideoElement): Promise<number> {
  if (Number.isFinite(video.duration)) return video.duration
  await happens(video, 'seeked', () => (video.currentTime = 1e7))
  return Number.isFinite(video.duration) ? video.duration : video.currentTime
}

/** Waits for an event that an action brings about. */
function happens(video: HTMLVideoElement, event: 'loadeddata' | 'seeked', action: () => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const ended = new AbortController()
    const { signal } = ended
    const end = (settle: () => void) => {
      ended.abort()
      clearTimeout(timer)
      settle()
    }
    const timer = setTimeout(() => end(() => reject(new VideoProblem('stuck'))), patience)
    // What was sought before this may still be told of.
    video.addEventListener(event, () => video.seeking || end(resolve), { signal })
    video.addEventListener('error', () => end(() => reject(new VideoProblem('unreadable'))), { signal })
    action()
  })
}

/** So many clips come of one video at most. */
export const mostClips = 256

/**
 * The times of the frames of each clip: clips of a length one after another (what is left at the end is dropped), or, with
 * null or where the video is shorter, the video as a whole; frames evenly in each, from the middle of their shares.
 */
export function clipTimes(seconds: number, frames: number, length: number | null): number[][] {
  const each = length === null ? seconds : Math.min(length, seconds)
  // A video of ten seconds may say that it lasts 9.999.
  const count = Math.max(1, Math.min(mostClips, Math.floor(seconds / each + 0.01)))
  return Array.from({ length: count }, (_clip, clip) =>
    Array.from({ length: frames }, (_frame, n) => clip * each + ((n + 0.5) * each) / frames),
  )
}
