import type { CaptureDevice } from '@shared/data/collection'
import { defineStore } from 'pinia'
import { api } from '@/api'

/** The machine's camera and microphone, which the main process opens to the window only when a person asks for them. */
export const useCaptureStore = defineStore('capture', () => {
  /** False: the system keeps the device from programs. */
  async function open(device: CaptureDevice): Promise<boolean> {
    return (await api.openCapture({ device })).granted
  }

  function close(device: CaptureDevice): void {
    api.closeCapture({ device }).catch(() => {
      // The window has ended its own use; the main process asks anew in any case.
    })
  }

  return { open, close }
})
