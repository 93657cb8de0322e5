// @ts-check
import { formatDuration } from './progress.mjs'

/**
 * What set-up tells the person. All of it goes to one stream, so that the command line can keep standard output for
 * its result.
 * @typedef {{
 *   stream: NodeJS.WriteStream,
 *   step: (text: string) => void,
 *   note: (text: string) => void,
 *   done: (text: string, startedAt: number) => void,
 * }} Report
 */

/**
 * @param {NodeJS.WriteStream} stream
 * @returns {Report}
 */
export function createReport(stream) {
  const colour = Boolean(stream.isTTY) && !process.env.NO_COLOR
  /** @param {string} code @param {string} text */
  const paint = (code, text) => (colour ? `\x1b[${code}m${text}\x1b[0m` : text)
  return {
    stream,
    step: (text) => void stream.write(`${paint('1;36', '▸')} ${text}\n`),
    note: (text) => void stream.write(`  ${text}\n`),
    done: (text, startedAt) =>
      void stream.write(`  ${paint('32', '✓')} ${text} (${formatDuration(Date.now() - startedAt)})\n`),
  }
}
