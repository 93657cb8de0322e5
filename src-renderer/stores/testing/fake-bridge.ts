import { toReport } from '@shared/ipc/errors'
import { vi } from 'vitest'
import type { Bridge } from '@/api'

type Answer = (input: never) => unknown

/**
 * A stand-in for what the preload script lends to the window, for tests: calls are answered by `answers` (a throw
 * becomes an error reply, as the main process does it), and `emit` sends an event.
 */
export function installFakeBridge(answers: Record<string, Answer> = {}) {
  const listeners = new Map<string, Set<(payload: unknown) => void>>()
  const calls: { name: string; input: unknown }[] = []
  const cancelled: number[] = []

  const bridge: Bridge = {
    async call(name, input) {
      calls.push({ name, input })
      const answer = answers[name]
      if (!answer) throw new Error(`The test has no answer to ${name}`)
      try {
        return { ok: true, value: await Reflect.apply(answer, undefined, [input]) }
      } catch (thrown) {
        return { ok: false, error: toReport(thrown) }
      }
    },
    cancel(id) {
      cancelled.push(id)
    },
    on(name, listener) {
      const known = listeners.get(name) ?? new Set()
      listeners.set(name, known.add(listener))
      return () => known.delete(listener)
    },
    pathOf: (file) => (file.name.startsWith('no-path') ? '' : `/files/${file.name}`),
    platform: 'linux',
  }
  vi.stubGlobal('api', bridge)

  return {
    calls,
    cancelled,
    answers,
    emit(name: string, payload: unknown): void {
      for (const listener of listeners.get(name) ?? []) listener(payload)
    },
    listening: (name: string): number => listeners.get(name)?.size ?? 0,
    named: (name: string): unknown[] => calls.filter((call) => call.name === name).map((call) => call.input),
  }
}

/** A promise and the functions that settle it, to order what happens in a test. */
export function deferred<T>() {
  let resolve: (value: T) => void = () => {}
  let reject: (reason: unknown) => void = () => {}
  const promise = new Promise<T>((accept, refuse) => {
    resolve = accept
    reject = refuse
  })
  return { promise, resolve, reject }
}
