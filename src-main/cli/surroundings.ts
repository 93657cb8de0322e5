import type { Launch } from '../engine-host/process'
import type { Translate } from '../services/texts'

/** All that the command line has to do with: tests put their own in place. */
export interface Surroundings {
  /** The words after `cli --`. */
  readonly words: readonly string[]
  /** The folder that paths start from. */
  readonly folder: string
  readonly text: Translate
  /** For numbers as people of this language write them. */
  readonly locale: string
  readonly launch: Launch
  readonly version: string
  /** Standard output: results. */
  out(text: string): void
  /** Standard error: progress and complaints. */
  tell(text: string): void
  /** The width of the terminal that standard error goes to; undefined where it is none. */
  readonly columns: () => number | undefined
  /** Hears Ctrl+C and a request to end; the returned function ends the subscription. */
  onInterrupt(listener: () => void): () => void
}

/** How a command ended: what the shell gets. */
export const exitCodes = {
  done: 0,
  failed: 1,
  usage: 2,
  /** As shells have it for a program that Ctrl+C ended. */
  interrupted: 130,
} as const
