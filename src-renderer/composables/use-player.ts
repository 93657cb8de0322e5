import { useRafFn } from '@vueuse/core'
import { computed, onScopeDispose, readonly, shallowRef, toValue, watch, type MaybeRefOrGetter } from 'vue'

/** What can be played: samples from -1 to 1, one array for each channel. */
export interface Playable {
  readonly channels: readonly Float32Array<ArrayBuffer>[]
  /** Frames a second; null where nobody knows it. */
  readonly rate: number | null
}

/** The rates that Chromium's audio takes. */
const playableRates = { lowest: 3000, highest: 768_000 }

/** Whether a sound can be heard at all. */
export function isPlayable({ channels, rate }: Playable): boolean {
  const known = rate !== null && rate >= playableRates.lowest && rate <= playableRates.highest
  return known && (channels[0]?.length ?? 0) > 0 && channels.length <= 32
}

/** One for the whole window, made when something is played for the first time. */
let audio: AudioContext | undefined
/** Stops whatever plays now: two sounds at once would be noise. */
let stopOther: (() => void) | undefined

/**
 * Plays a sound of its samples at its own rate. Nothing plays by itself; it stops when another sound begins, when the
 * sound is exchanged, and when its view is left.
 */
export function usePlayer(sound: MaybeRefOrGetter<Playable | null>, volume: MaybeRefOrGetter<number>) {
  const playing = shallowRef(false)
  /** Seconds from the beginning. */
  const position = shallowRef(0)
  let source: AudioBufferSourceNode | undefined
  let gain: GainNode | undefined
  /** When the sound's beginning was, or would have been, by the clock of `audio`. */
  let began = 0

  const seconds = computed(() => {
    const { channels = [], rate = null } = toValue(sound) ?? {}
    return rate === null ? 0 : (channels[0]?.length ?? 0) / rate
  })
  const clock = useRafFn(
    () => {
      if (audio) position.value = Math.min(seconds.value, Math.max(0, audio.currentTime - began))
    },
    { immediate: false },
  )

  function play(): void {
    const played = toValue(sound)
    if (playing.value || !played || played.rate === null || !isPlayable(played)) return
    stopOther?.()
    audio ??= new AudioContext()
    void audio.resume()
    if (position.value >= seconds.value - 1e-3) position.value = 0
    const buffer = audio.createBuffer(played.channels.length, played.channels[0]?.length ?? 1, played.rate)
    for (const [channel, samples] of played.channels.entries()) buffer.copyToChannel(samples, channel)
    const own = audio.createBufferSource()
    own.buffer = buffer
    gain = audio.createGain()
    gain.gain.value = toValue(volume)
    own.connect(gain).connect(audio.destination)
    own.onended = () => {
      if (source === own) end(seconds.value)
    }
    began = audio.currentTime - position.value
    own.start(0, position.value)
    source = own
    playing.value = true
    stopOther = pause
    clock.resume()
  }

  function end(at: number): void {
    clock.pause()
    if (source) {
      source.onended = null
      source.stop()
      source.disconnect()
    }
    gain?.disconnect()
    source = undefined
    gain = undefined
    playing.value = false
    position.value = at
    if (stopOther === pause) stopOther = undefined
  }

  function pause(): void {
    if (playing.value) end(position.value)
  }

  /** Goes to a place in seconds, playing on from there if it plays. */
  function seek(to: number): void {
    const at = Math.min(seconds.value, Math.max(0, to))
    const wasPlaying = playing.value
    end(at)
    if (wasPlaying && at < seconds.value) play()
  }

  function toggle(): void {
    if (playing.value) pause()
    else play()
  }

  watch(
    () => toValue(sound),
    () => end(0),
    { flush: 'sync' },
  )
  watch(
    () => toValue(volume),
    (value) => {
      if (gain) gain.gain.value = value
    },
  )
  onScopeDispose(() => end(0))

  return { playing: readonly(playing), position: readonly(position), seconds, play, pause, seek, toggle }
}
