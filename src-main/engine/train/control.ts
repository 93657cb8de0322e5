/** Lets other work of this process run: messages that wait are answered before what follows. */
export function giveWay(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

/** Asks whether to go on, giving way to others first; waits for as long as the run is paused. */
export type Turn = () => Promise<boolean>

/** What a person may tell a run: pause, go on, stop. */
export class RunControl {
  private pausing: { readonly ended: Promise<void>; readonly end: () => void } | undefined
  private stops = 0

  get paused(): boolean {
    return this.pausing !== undefined
  }

  pause(): void {
    if (this.pausing) return
    let end = () => {}
    const ended = new Promise<void>((resolve) => (end = resolve))
    this.pausing = { ended, end }
  }

  resume(): void {
    this.pausing?.end()
    this.pausing = undefined
  }

  stop(): void {
    this.stops += 1
    this.resume()
  }

  /** Turns until a person has asked to stop more often than is tolerated. */
  turns(tolerated = 0): Turn {
    const goesOn = () => this.stops <= tolerated
    return async () => {
      await giveWay()
      while (this.pausing && goesOn()) await this.pausing.ended
      return goesOn()
    }
  }
}
