import type { z } from 'zod'
import { AppError, toReport, type ErrorReport } from './errors'

/** One call across a border: what goes in and what comes back. */
export interface Call {
  readonly input: z.ZodType
  readonly output: z.ZodType
}

/** All that may cross one border: calls from the client to the server, events from the server to the client. */
export interface Contract {
  readonly calls: Readonly<Record<string, Call>>
  readonly events: Readonly<Record<string, z.ZodType>>
}

/** Declares a contract; both ends' types are inferred from what it returns. */
export function defineContract<const C extends Contract>(contract: C): C {
  return contract
}

export type CallName<C extends Contract> = keyof C['calls'] & string
export type EventName<C extends Contract> = keyof C['events'] & string
export type Input<C extends Contract, N extends CallName<C>> = z.output<C['calls'][N]['input']>
export type Output<C extends Contract, N extends CallName<C>> = z.output<C['calls'][N]['output']>
export type EventPayload<C extends Contract, N extends EventName<C>> = z.output<C['events'][N]>

/** The names of a contract's calls. */
export function callNames<C extends Contract>(contract: C): CallName<C>[] {
  return Object.keys(contract.calls) as CallName<C>[]
}

/** The names of a contract's events. */
export function eventNames<C extends Contract>(contract: C): EventName<C>[] {
  return Object.keys(contract.events) as EventName<C>[]
}

/** What a handler may know of its call: the signal fires when the caller gave up waiting. */
export interface CallContext {
  readonly signal: AbortSignal
}

/** What the server must supply: one function per call; a missing or extra one does not compile. */
export type Handlers<C extends Contract> = {
  readonly [N in CallName<C>]: (input: Input<C, N>, context: CallContext) => Promise<Output<C, N>> | Output<C, N>
}

/** What the client holds: the same functions, each of which may be given up with a signal. */
export type Client<C extends Contract> = {
  readonly [N in CallName<C>]: (
    input: z.input<C['calls'][N]['input']>,
    options?: { signal?: AbortSignal },
  ) => Promise<Output<C, N>>
}

/** Sends an event to the other side. */
export type Emit<C extends Contract> = <N extends EventName<C>>(name: N, payload: EventPayload<C, N>) => void

/** Subscribes to an event; the returned function ends the subscription. */
export type Subscribe<C extends Contract> = <N extends EventName<C>>(
  name: N,
  listener: (payload: EventPayload<C, N>) => void,
) => () => void

/** The envelope of an answer, so that an error keeps its code across a border. */
export type Reply = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly error: ErrorReport }

export interface AnswerOptions {
  readonly signal?: AbortSignal
  /** Check what the handler returns as well: in tests and in development. */
  readonly checkOutput?: boolean
  /** Hears of failures that are not an `AppError`, so that they can be logged with their stack. */
  readonly onUnexpected?: (name: string, thrown: unknown) => void
}

/**
 * Answers one call: looks it up, checks the input against its schema, runs the handler and wraps the outcome. Never
 * throws: an unknown name, a bad input and a failing handler are replies with an error.
 */
export async function answer<C extends Contract>(
  contract: C,
  handlers: Handlers<C>,
  name: string,
  input: unknown,
  options: AnswerOptions = {},
): Promise<Reply> {
  try {
    const call = Object.hasOwn(contract.calls, name) ? contract.calls[name] : undefined
    if (!call) throw new AppError('unknown-call', { name })
    const parsed = call.input.safeParse(input)
    if (!parsed.success) throw new AppError('bad-input', { name, detail: issueText(parsed.error) })
    const handler = handlers[name as CallName<C>]
    const value = await handler(parsed.data as Input<C, CallName<C>>, { signal: options.signal ?? neverAborted() })
    if (options.checkOutput) {
      const checked = call.output.safeParse(value)
      if (!checked.success) throw new Error(`${name} returned a wrong value: ${issueText(checked.error)}`)
    }
    return { ok: true, value }
  } catch (thrown) {
    if (!(thrown instanceof AppError)) options.onUnexpected?.(name, thrown)
    return { ok: false, error: toReport(thrown) }
  }
}

/** The first problem that a schema found, with the place: `settings.epochs: expected number`. */
export function issueText(error: z.ZodError): string {
  const issue = error.issues[0]
  if (!issue) return 'does not match its schema'
  const place = issue.path.map(String).join('.')
  return place ? `${place}: ${issue.message}` : issue.message
}

function neverAborted(): AbortSignal {
  return new AbortController().signal
}
