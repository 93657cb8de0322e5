import type { CollectionKind } from '@shared/data/collection'
import type { FoundVideo } from '@shared/data/video'
import { onScopeDispose, readonly, shallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { useErrorText } from '@/composables/use-error-text'
import { useCollectionStore } from '@/stores/collection'
import { samplesOf, stemOf, type Conversion } from './convert'
import { openVideo, VideoProblem } from './video'

export interface FailedVideo {
  readonly file: string
  readonly reason: string
}

/** Decodes videos in this window, one after another, and adds what they give to the collection that is shown. */
export function useConversion() {
  const { t } = useI18n()
  const errorText = useErrorText()
  const collection = useCollectionStore()
  /** Videos that are through, of how many; null while none is converted. */
  const progress = shallowRef<{ readonly done: number; readonly total: number } | null>(null)
  const failed = shallowRef<readonly FailedVideo[]>([])
  const made = shallowRef(0)
  let cancelled = false

  async function convert(video: FoundVideo, className: string, conversion: Conversion, group: symbol): Promise<void> {
    const opened = await openVideo(new Blob([await collection.readVideo(video.number)]))
    try {
      for await (const sample of samplesOf(opened, stemOf(video.file), conversion)) {
        if (cancelled || !(await collection.addSamples(className, [sample], group))) return
        made.value += 1
      }
    } finally {
      opened.close()
    }
  }

  /** Converts all; `classOf` names the class of each. What was made stays, also where this is cancelled. */
  async function run(
    videos: readonly FoundVideo[],
    conversion: Conversion,
    classOf: (video: FoundVideo) => string,
  ): Promise<void> {
    cancelled = false
    failed.value = []
    made.value = 0
    const group = Symbol('videos')
    for (const [done, video] of videos.entries()) {
      if (cancelled) break
      progress.value = { done, total: videos.length }
      try {
        await convert(video, classOf(video), conversion, group)
      } catch (thrown) {
        const reason =
          thrown instanceof VideoProblem ? t(`collect.video.problems.${thrown.code}`) : errorText(thrown).message
        failed.value = [...failed.value, { file: video.file, reason }]
      }
    }
    progress.value = null
  }

  function cancel(): void {
    cancelled = true
  }

  onScopeDispose(cancel)
  return { progress: readonly(progress), failed: readonly(failed), made: readonly(made), run, cancel }
}

/** The kind of sample that a collection can take of videos; sounds are none. */
export function kindOfVideos(kind: CollectionKind): 'pictures' | 'volumes' {
  return kind === 'pictures' ? 'pictures' : 'volumes'
}
