/** Who sent a message to the main process, as far as it can be told. */
export interface Sender {
  /** The id of the web contents. */
  readonly contents: number
  /** Whether the message came from the contents' main frame, not from one within it. */
  readonly mainFrame: boolean
  /** The address that the frame shows. */
  readonly url: string
}

/** Why a message is refused, or undefined where it may be answered: only a window that we made, at our address, may ask. */
export function refusal(sender: Sender, ours: ReadonlySet<number>, origin: string): string | undefined {
  if (!ours.has(sender.contents)) return `contents ${sender.contents} are not a window of ours`
  if (!sender.mainFrame) return 'the sender is a frame within the window'
  if (originOf(sender.url) !== origin) return `the sender shows ${sender.url}`
  return undefined
}

/** Scheme and host of an address, also for schemes of our own (whose `URL.origin` is `null` in Node). */
export function originOf(url: string): string {
  try {
    const { protocol, host } = new URL(url)
    return `${protocol}//${host}`
  } catch {
    return ''
  }
}
