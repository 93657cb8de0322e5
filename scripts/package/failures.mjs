// @ts-check
import { SetupError } from '../setup/errors.mjs'
import { lastLines } from '../setup/run.mjs'

/** @param {string} version of the fallback Electron */
export function refuseRelease(version) {
  return new SetupError({
    what: 'making a release',
    why:
      `the Electron here is ${version}, the fallback for running and testing, since the release host of the pinned ` +
      'one could not be reached; a release must not be made from it',
    fix: 'npm run package -- --dir   (a folder to try here), or run this where node_modules/electron/install.js works',
  })
}

/** What a program prints when a host cannot be reached or refuses. */
const NETWORK =
  /ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|getaddrinfo|fetch failed|status code 40[37]|tunneling/i

/**
 * Explains why electron-builder failed.
 * @param {string} output what it printed
 */
export function explainFailure(output) {
  if (NETWORK.test(output)) {
    return new SetupError({
      what: 'making the package',
      why: `electron-builder downloads its tools for this target from github.com, which did not answer here: ${networkLine(output)}`,
      fix: 'run it where that host can be reached; here this works: npm run package -- --dir',
    })
  }
  return new SetupError({
    what: 'making the package',
    why: lastLines(output, 12),
    fix: 'mend what is named above and run again; DEBUG=electron-builder shows every step',
  })
}

/** @param {string} output */
function networkLine(output) {
  return (output.split('\n').find((line) => NETWORK.test(line)) ?? '').trim().slice(0, 200)
}
