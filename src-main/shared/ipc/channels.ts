/** The channels between a window and the main process; the contract's names travel within the messages. */
export const channels = {
  /** Window to main, answered: a call's name, its input and the window's own number for it. */
  call: 'patchwork:call',
  /** Window to main: gives up the call of a number. */
  cancel: 'patchwork:cancel',
  /** Main to window: an event's name and its payload. */
  event: 'patchwork:event',
} as const
