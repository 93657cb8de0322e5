import { app, type AppContract } from '@shared/ipc/app'
import { makeClient, makeSubscribe } from '@shared/ipc/client'
import type { Client, Reply, Subscribe } from '@shared/ipc/contract'

/** What the preload script lends to the window: untyped messages, typed again here. */
export interface Bridge {
  /** `id` is the caller's own number for the call, with which it can be given up. */
  call(name: string, input: unknown, id: number): Promise<Reply>
  cancel(id: number): void
  on(name: string, listener: (payload: unknown) => void): () => void
  /** The path of a file that was dropped or chosen; empty for one that has none. */
  pathOf(file: File): string
  readonly platform: string
}

declare global {
  interface Window {
    readonly api: Bridge
  }
}

let lastId = 0

/** The main process, typed by the contract; a failing call throws its `AppError`. */
export const api: Client<AppContract> = makeClient(app, (name, input, signal) => {
  const id = ++lastId
  signal?.addEventListener('abort', () => window.api.cancel(id), { once: true })
  return window.api.call(name, input, id)
})

/** Subscribes to an event of the main process; returns the function that ends the subscription. */
export const on: Subscribe<AppContract> = makeSubscribe(app, (name, listener) => window.api.on(name, listener))

/** The paths of files that a person dropped or chose, without those that have none. */
export function pathsOf(files: Iterable<File>): string[] {
  return [...files].map((file) => window.api.pathOf(file)).filter((path) => path !== '')
}

export const platform: () => string = () => window.api.platform
