/** Lets one user at a time work with something, in the order in which they came. */
export class Lock {
  private last: Promise<unknown> = Promise.resolve()

  run<T>(use: () => T | Promise<T>): Promise<T> {
    const result = this.last.then(use)
    this.last = result.catch(() => undefined)
    return result
  }
}
