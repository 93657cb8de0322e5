import type { FoundVideo } from '@shared/data/video'
import { Lock } from '@shared/lock'
import { onScopeDispose, readonly, shallowRef } from 'vue'
import { useCollectionStore } from '@/stores/collection'
import { samplesOf, type Conversion } from './convert'
import { openVideo, type OpenVideo } from './video'

/**
 * The first frames of what a video would give, to look at. The video stays open until another one is shown, so that with
 * other settings only its frames are looked for again.
 */
export function useVideoPreview(most: number) {
  const collection = useCollectionStore()
  /** Addresses of pictures. */
  const pictures = shallowRef<readonly string[]>([])
  /** One at a time seeks in the video. */
  const lock = new Lock()
  let opened: { readonly of: FoundVideo; readonly video: OpenVideo } | undefined
  let latest = 0

  /** Shows a video's frames in place of those before; none where it cannot be decoded, which its conversion tells. */
  async function show(video: FoundVideo, conversion: Conversion): Promise<void> {
    forget()
    const own = latest
    await lock.run(async () => {
      try {
        if (own !== latest) return
        const made = await framesOf(await openOf(video), conversion, () => own !== latest)
        if (own === latest) pictures.value = made.map((one) => URL.createObjectURL(one))
      } catch {
        close()
      }
    })
  }

  /** Shows nothing, and closes the video. */
  function clear(): void {
    forget()
    void lock.run(close)
  }

  function forget(): void {
    latest += 1
    for (const address of pictures.value) URL.revokeObjectURL(address)
    pictures.value = []
  }

  async function openOf(video: FoundVideo): Promise<OpenVideo> {
    if (opened?.of !== video) {
      close()
      opened = { of: video, video: await openVideo(new Blob([await collection.readVideo(video.number)])) }
    }
    return opened.video
  }

  function close(): void {
    opened?.video.close()
    opened = undefined
  }

  async function framesOf(video: OpenVideo, conversion: Conversion, overtaken: () => boolean): Promise<Blob[]> {
    const side = conversion.to === 'pictures' ? conversion.side : conversion.clip.width
    const count = Math.min(most, conversion.to === 'pictures' ? conversion.count : conversion.clip.frames)
    const frames: Blob[] = []
    // A look at it; a clip's colours and cutting change nothing in what there is to see.
    for await (const { bytes } of samplesOf(video, '', { to: 'pictures', count, side })) {
      frames.push(new Blob([bytes], { type: 'image/png' }))
      if (overtaken()) break
    }
    return frames
  }

  onScopeDispose(clear)
  return { pictures: readonly(pictures), show, clear }
}
