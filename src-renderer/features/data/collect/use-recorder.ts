import { readonly, onScopeDispose, shallowRef, watch, type Ref } from 'vue'
import { ClipCutter } from './clip-cutter'
import workletAddress from './recorder-worklet?worker&url'

/** A level below is silence, one above is clipped. */
export const levels = { quiet: 0.003, loud: 0.985 }
/** So many pieces (of a twentieth of a second) the level is held, so that one can read it. */
const held = 0.85

/**
 * Listens to a stream and cuts clips out of it. `level` is the loudest sample of the last moments, 0 to 1.
 */
export function useRecorder(stream: Readonly<Ref<MediaStream | null>>) {
  const level = shallowRef(0)
  /** The loudest level since the stream began; null before anything came. */
  const loudest = shallowRef<number | null>(null)
  /** The share of the present clip that is there; null while none is recorded. */
  const share = shallowRef<number | null>(null)
  let context: AudioContext | undefined
  let cutter: ClipCutter | undefined

  async function listen(heard: MediaStream): Promise<void> {
    const own = new AudioContext()
    context = own
    await own.audioWorklet.addModule(workletAddress)
    if (context !== own) return
    const recorder = new AudioWorkletNode(own, 'recorder', { numberOfOutputs: 0 })
    recorder.port.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (data instanceof Float32Array && context === own) take(data)
    }
    own.createMediaStreamSource(heard).connect(recorder)
  }

  function take(piece: Float32Array): void {
    const peak = piece.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)
    level.value = Math.max(peak, level.value * held)
    loudest.value = Math.max(peak, loudest.value ?? 0)
    cutter?.push(piece)
    share.value = cutter?.share ?? null
  }

  /** Cuts clips of so many seconds until `stop`, or one alone; each goes to `done` with its rate. */
  function record(seconds: number, one: boolean, done: (clip: Float32Array, rate: number) => void): void {
    const rate = context?.sampleRate ?? 0
    if (rate === 0) return
    share.value = 0
    cutter = new ClipCutter(Math.round(seconds * rate), (clip) => {
      if (one) stop()
      done(clip, rate)
    })
  }

  /** What is not a whole clip yet is dropped. */
  function stop(): void {
    cutter = undefined
    share.value = null
  }

  function close(): void {
    stop()
    level.value = 0
    loudest.value = null
    void context?.close()
    context = undefined
  }

  watch(stream, (heard) => {
    close()
    if (heard) void listen(heard)
  })
  onScopeDispose(close)

  return { level: readonly(level), loudest: readonly(loudest), share: readonly(share), record, stop }
}
