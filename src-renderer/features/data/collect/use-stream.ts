import type { CaptureDevice } from '@shared/data/collection'
import { onScopeDispose, readonly, shallowRef } from 'vue'
import { useCaptureStore } from '@/stores/capture'

/** Why a device gives nothing: a code of `collect.problems.<device>`. */
export type StreamProblem = 'denied' | 'none' | 'busy' | 'failed'

/** What the browser calls failures of opening a device. */
const problems: Readonly<Record<string, StreamProblem>> = {
  NotAllowedError: 'denied',
  SecurityError: 'denied',
  NotFoundError: 'none',
  OverconstrainedError: 'none',
  NotReadableError: 'busy',
  AbortError: 'busy',
}

/**
 * A camera or a microphone, live from `start` (which only a person's click calls) to `stop`, at the latest until the
 * component goes.
 */
export function useStream(device: CaptureDevice, constraints: MediaTrackConstraints) {
  const capture = useCaptureStore()
  const kind = device === 'camera' ? 'videoinput' : 'audioinput'
  const stream = shallowRef<MediaStream | null>(null)
  const starting = shallowRef(false)
  const problem = shallowRef<StreamProblem | null>(null)
  /** All there are, once one of them is live: before, the browser tells no names. */
  const devices = shallowRef<readonly { readonly id: string; readonly label: string }[]>([])
  const chosen = shallowRef('')
  let latest = 0

  async function open(id: string): Promise<MediaStream> {
    if (!(await capture.open(device))) throw new DOMException('', 'NotAllowedError')
    const wanted = { ...constraints, ...(id === '' ? {} : { deviceId: { exact: id } }) }
    return navigator.mediaDevices.getUserMedia(device === 'camera' ? { video: wanted } : { audio: wanted })
  }

  async function start(id = chosen.value): Promise<void> {
    stop()
    const ticket = ++latest
    starting.value = true
    problem.value = null
    try {
      const opened = await open(id)
      if (ticket !== latest) {
        end(opened)
        return
      }
      stream.value = opened
      const [track] = opened.getTracks()
      chosen.value = track?.getSettings().deviceId ?? id
      // Pulled out, or taken back by the system.
      track?.addEventListener('ended', () => {
        if (stream.value !== opened) return
        stop()
        problem.value = 'none'
      })
      const all = await navigator.mediaDevices.enumerateDevices()
      devices.value = all.filter((one) => one.kind === kind).map(({ deviceId, label }) => ({ id: deviceId, label }))
    } catch (thrown) {
      if (ticket !== latest) return
      problem.value = (thrown instanceof DOMException && problems[thrown.name]) || 'failed'
      capture.close(device)
    } finally {
      if (ticket === latest) starting.value = false
    }
  }

  function stop(): void {
    latest++
    if (!stream.value && !starting.value) return
    starting.value = false
    if (stream.value) end(stream.value)
    stream.value = null
    capture.close(device)
  }

  onScopeDispose(stop)

  return {
    stream: readonly(stream),
    starting: readonly(starting),
    problem: readonly(problem),
    devices: readonly(devices),
    chosen: readonly(chosen),
    start,
    stop,
  }
}

function end(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop()
}
