import type { FullResult, Reporter, TestError, TestResult } from '@playwright/test/reporter'

/** Prints what the walk tells, line by line, and where it failed if it did; nothing of tests and their counts. */
export default class ProgressReporter implements Reporter {
  #failed = false

  printsToStdio(): boolean {
    return true
  }

  onStdOut(text: string | Buffer): void {
    process.stdout.write(text)
  }

  onTestEnd(_test: unknown, result: TestResult): void {
    if (result.status !== 'passed') this.#tell(result.errors)
  }

  onError(error: TestError): void {
    this.#tell([error])
  }

  onEnd(result: FullResult): void {
    if (result.status !== 'passed' && !this.#failed)
      process.stdout.write(`The first project ended early: ${result.status}\n`)
  }

  #tell(errors: readonly TestError[]): void {
    this.#failed = true
    process.stdout.write('The first project did not come to its end:\n')
    for (const { message, value, snippet } of errors) {
      process.stdout.write(`${message ?? value ?? 'an error without words'}\n${snippet ?? ''}\n`)
    }
  }
}
