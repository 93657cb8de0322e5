import type { EngineState } from '@shared/ipc/app'
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { api, on } from '@/api'
import { useNoticesStore } from './notices'

/** The engine process as the window sees it: its state and the processor that it computes on. */
export const useEngineStore = defineStore('engine', () => {
  const state = shallowRef<EngineState>({ state: 'starting', device: null, error: null, restarts: 0 })
  const ready = computed(() => state.value.state === 'ready')
  const device = computed(() => state.value.device)

  async function load(): Promise<() => void> {
    const stop = on('engineState', (changed) => {
      state.value = changed
    })
    state.value = await api.engineState({})
    return stop
  }

  async function restart(): Promise<void> {
    await useNoticesStore().attempt(async () => {
      state.value = await api.restartEngine({})
    })
  }

  return { state, ready, device, load, restart }
})
