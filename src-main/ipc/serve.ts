import { ipcMain, type IpcMainEvent, type IpcMainInvokeEvent, type WebContents } from 'electron'
import { app, type AppContract } from '@shared/ipc/app'
import { channels } from '@shared/ipc/channels'
import { answer, type Emit, type Handlers } from '@shared/ipc/contract'
import type { Log } from '@shared/log'
import { refusal } from './sender'

export interface ServeOptions {
  readonly handlers: Handlers<AppContract>
  /** The contents of the windows that the program made. */
  readonly windows: () => readonly WebContents[]
  /** Where our pages live. */
  readonly origin: string
  readonly log: Log
  /** Check what handlers return as well: in development. */
  readonly checkOutput: boolean
}

/** Answers the windows' calls. Nothing else listens to them: each is checked for its sender, its name and its input. */
export function serveWindows({ handlers, windows, origin, log, checkOutput }: ServeOptions): void {
  const running = new Map<string, AbortController>()

  function refused(event: IpcMainInvokeEvent | IpcMainEvent): string | undefined {
    const sender = {
      contents: event.sender.id,
      mainFrame: event.senderFrame !== null && event.senderFrame === event.sender.mainFrame,
      url: event.senderFrame?.url ?? '',
    }
    return refusal(sender, new Set(windows().map(({ id }) => id)), origin)
  }

  ipcMain.handle(channels.call, async (event, name: unknown, input: unknown, id: unknown) => {
    const why = refused(event)
    if (why !== undefined) {
      log.error(`Refused a call of ${String(name)}: ${why}`)
      throw new Error('This sender is not answered')
    }
    const key = `${event.sender.id}:${String(id)}`
    const controller = new AbortController()
    running.set(key, controller)
    const reply = await answer(app, handlers, String(name), input, {
      signal: controller.signal,
      checkOutput,
      onUnexpected: (call, thrown) => log.error(`${call} failed`, thrown),
    })
    running.delete(key)
    if (!reply.ok) log.warn(`${String(name)} answered with ${reply.error.code}: ${reply.error.message}`)
    return reply
  })

  ipcMain.on(channels.cancel, (event, id: unknown) => {
    if (refused(event) === undefined) running.get(`${event.sender.id}:${String(id)}`)?.abort()
  })
}

/** Sends an event to every window. */
export function emitTo(windows: () => readonly WebContents[]): Emit<AppContract> {
  return (name, payload) => {
    for (const contents of windows()) if (!contents.isDestroyed()) contents.send(channels.event, name, payload)
  }
}
