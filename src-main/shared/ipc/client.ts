import type { CallName, Client, Contract, EventName, EventPayload, Reply, Subscribe } from './contract'
import { AppError, fromReport } from './errors'
import type { Port } from './port'
import { ServerMessage } from './wire'

export interface Connection<C extends Contract> {
  readonly client: Client<C>
  readonly on: Subscribe<C>
  /** Fails every call in flight with `error` and stops listening: the other side is gone. */
  close(error: AppError): void
}

/** A typed client whose every call goes through `send`; an error reply is thrown as the `AppError` that it was. */
export function makeClient<C extends Contract>(
  contract: C,
  send: (name: CallName<C>, input: unknown, signal?: AbortSignal) => Promise<Reply>,
): Client<C> {
  const entries = Object.keys(contract.calls).map((name) => [
    name,
    async (input: unknown, options: { signal?: AbortSignal } = {}) => {
      const reply = await send(name, input, options.signal)
      if (!reply.ok) throw fromReport(reply.error)
      return reply.value
    },
  ])
  return Object.freeze(Object.fromEntries(entries)) as Client<C>
}

/** Typed subscriptions over `listen`; a payload that does not match its schema is dropped. */
export function makeSubscribe<C extends Contract>(
  contract: C,
  listen: (name: string, listener: (payload: unknown) => void) => () => void,
): Subscribe<C> {
  return (name, listener) =>
    listen(name, (raw) => {
      const payload = contract.events[name]?.safeParse(raw)
      if (payload?.success) listener(payload.data as EventPayload<C, typeof name>)
    })
}

/** Connects to a server of `contract` on the other end of `port`. */
export function connect<C extends Contract>(contract: C, port: Port): Connection<C> {
  const waiting = new Map<number, (reply: Reply) => void>()
  const listeners = new Map<string, Set<(payload: never) => void>>()
  let nextId = 1
  let closedBy: AppError | undefined

  const unsubscribe = port.onMessage((raw) => {
    const message = ServerMessage.safeParse(raw)
    if (!message.success) return
    if (message.data.type === 'reply') {
      waiting.get(message.data.id)?.(message.data.reply as Reply)
      waiting.delete(message.data.id)
      return
    }
    const schema = contract.events[message.data.name]
    const payload = schema?.safeParse(message.data.payload)
    if (!payload?.success) return
    for (const listener of listeners.get(message.data.name) ?? []) listener(payload.data as never)
  })

  function send(name: string, input: unknown, signal?: AbortSignal): Promise<Reply> {
    if (closedBy) return Promise.reject(closedBy)
    if (signal?.aborted) return Promise.reject(new AppError('cancelled', { name }))
    const id = nextId++
    return new Promise((resolve) => {
      waiting.set(id, resolve)
      signal?.addEventListener('abort', () => port.post({ type: 'cancel', id }), { once: true })
      port.post({ type: 'call', id, name, input })
    })
  }

  return {
    client: makeClient(contract, send),
    on<N extends EventName<C>>(name: N, listener: (payload: EventPayload<C, N>) => void) {
      const set = listeners.get(name) ?? new Set()
      listeners.set(name, set.add(listener))
      return () => set.delete(listener)
    },
    close(error) {
      closedBy = error
      unsubscribe()
      const report = { code: error.code, params: error.params, message: error.message, hint: error.hint }
      for (const resolve of waiting.values()) resolve({ ok: false, error: report })
      waiting.clear()
    },
  }
}
