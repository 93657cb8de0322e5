// @ts-check
import { mkdir } from 'node:fs/promises'
import { SetupError } from './errors.mjs'
import { lastLines, run } from './run.mjs'

/**
 * Unpacks a `.tar.gz` archive, or some members of it, owned by whoever runs this.
 * @param {string} archive
 * @param {string} into made if absent
 * @param {readonly string[]} [members]
 */
export async function unpackTar(archive, into, members = []) {
  await mkdir(into, { recursive: true })
  const outcome = await run('tar', ['-xzf', archive, '-C', into, '--no-same-owner', ...members])
  if (outcome.code === 0) return
  throw new SetupError({
    what: `unpacking ${archive}`,
    why: lastLines(outcome.output, 2),
    fix: 'free some disk space (2 GB is needed), see that tar and gzip are installed, and run the command again',
  })
}
