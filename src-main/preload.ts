import { contextBridge, ipcRenderer, webUtils } from 'electron'
import { app } from '@shared/ipc/app'
import { channels } from '@shared/ipc/channels'

type Listener = (payload: unknown) => void

const listeners = new Map<string, Set<Listener>>()

ipcRenderer.on(channels.event, (_event, name: string, payload: unknown) => {
  for (const listener of listeners.get(name) ?? []) listener(payload)
})

/**
 * The whole of what a window sees of the main process: one frozen object, which passes on the calls and events that
 * the contract names and nothing else.
 */
const bridge = Object.freeze({
  call(name: string, input: unknown, id: number): Promise<unknown> {
    if (!Object.hasOwn(app.calls, name)) return Promise.reject(new Error(`There is no call ${name}`))
    return ipcRenderer.invoke(channels.call, name, input, id)
  },
  cancel(id: number): void {
    ipcRenderer.send(channels.cancel, id)
  },
  on(name: string, listener: Listener): () => void {
    if (!Object.hasOwn(app.events, name)) throw new Error(`There is no event ${name}`)
    const ofName = listeners.get(name) ?? new Set()
    listeners.set(name, ofName.add(listener))
    return () => void ofName.delete(listener)
  },
  /** The path of a file that a person chose or dropped. Electron 25 has no `webUtils` and gives the file its `path`. */
  pathOf(file: File): string {
    const utils: typeof webUtils | undefined = webUtils
    if (utils) return utils.getPathForFile(file)
    return 'path' in file && typeof file.path === 'string' ? file.path : ''
  },
  platform: process.platform,
})

contextBridge.exposeInMainWorld('api', bridge)
