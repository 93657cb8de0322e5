import type { FoundVideo } from '@shared/data/video'
import { AppError } from '@shared/ipc/errors'
import { headLength, Refusal } from './decode/contract'
import { videoFormat } from './decode/unreadable'
import { gather, type Found } from './import/gather'
import { placesByFolder } from './import/layout'

/** A longer video is refused: it is handed over in one piece. */
export const largestVideo = 256 * 2 ** 20

/**
 * The videos among files. None is decoded here: the window does that, in its sandbox, and can ask for the bytes of those
 * that were found last and of nothing else.
 */
export class Videos {
  #found: readonly Found[] = []

  /** Finds the videos below some paths, each with its class by the folders that it lies in, if these tell one. */
  async find(paths: readonly string[], signal?: AbortSignal): Promise<FoundVideo[]> {
    const { files } = await gather(paths, signal)
    const found: Found[] = []
    const sizes: number[] = []
    for (const file of files) {
      const size = await videoSize(file)
      if (size === undefined) continue
      found.push(file)
      sizes.push(size)
    }
    this.#found = found
    const names = found.map(({ name }) => name)
    const places = placesByFolder(names, 'auto')
    return names.map((file, number) => ({
      number,
      file,
      label: places[number]?.label ?? null,
      bytes: sizes[number] ?? 0,
    }))
  }

  /** The bytes of the video with a number of the last finding. */
  async read(number: number): Promise<Uint8Array<ArrayBuffer>> {
    const found = this.#found[number]
    if (!found) throw new AppError('video-unknown')
    try {
      const file = await found.open()
      if (file.size > largestVideo) throw new Refusal('too-many-bytes')
      const bytes = await file.read(0, file.size)
      if (videoFormat(bytes.subarray(0, headLength)) === undefined) throw new Refusal('changed')
      return new Uint8Array(bytes)
    } catch (cause) {
      if (!(cause instanceof Refusal)) throw cause
      throw new AppError('video-not-read', { file: found.name, limit: largestVideo / 2 ** 20 }, { cause })
    }
  }
}

/** The bytes that a file has if it is a video. */
async function videoSize(found: Found): Promise<number | undefined> {
  try {
    const file = await found.open()
    const head = await file.read(0, Math.min(headLength, file.size))
    return videoFormat(head) === undefined ? undefined : file.size
  } catch (thrown) {
    if (thrown instanceof Refusal) return undefined
    throw thrown
  }
}
