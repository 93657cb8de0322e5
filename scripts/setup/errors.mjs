// @ts-check

/** A failure a person can mend: what failed, why, and the one command (or act) that mends it. */
export class SetupError extends Error {
  /** @param {{ what: string, why: string, fix: string, cause?: unknown }} details */
  constructor({ what, why, fix, cause }) {
    super(`${what}: ${why}`, { cause })
    this.name = 'SetupError'
    this.what = what
    this.why = why
    this.fix = fix
  }
}

/**
 * The text shown for any failure; an unforeseen one keeps its stack, since nobody can mend it by a command.
 * @param {unknown} error
 */
export function describeFailure(error) {
  if (error instanceof SetupError) {
    return [`What failed: ${error.what}`, `Why:         ${error.why}`, `To mend it:  ${error.fix}`].join('\n')
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return `What failed: something set-up did not foresee\nWhy:         ${text}`
}

/**
 * Runs a script's body and turns a failure into a readable message and exit code 1.
 * @param {() => Promise<number>} body returns the exit code
 */
export async function runScript(body) {
  try {
    process.exitCode = await body()
  } catch (error) {
    process.stderr.write(`\n${describeFailure(error)}\n`)
    process.exitCode = 1
  }
}
