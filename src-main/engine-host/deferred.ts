/** A promise that is settled from outside. A rejection that nobody waits for is not an error. */
export interface Deferred<T> {
  readonly promise: Promise<T>
  resolve(value: T): void
  reject(error: Error): void
  settled(): boolean
}

export function deferred<T>(): Deferred<T> {
  let settle: { resolve: (value: T) => void; reject: (error: Error) => void } | undefined
  let settled = false
  const promise = new Promise<T>((resolve, reject) => {
    settle = { resolve, reject }
  })
  promise.catch(() => undefined)
  return {
    promise,
    resolve(value) {
      settled = true
      settle?.resolve(value)
    },
    reject(error) {
      settled = true
      settle?.reject(error)
    },
    settled: () => settled,
  }
}
