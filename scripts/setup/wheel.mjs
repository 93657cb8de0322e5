// @ts-check
import { SetupError } from './errors.mjs'
import { lastLines, run } from './run.mjs'

/** Unpacks the members of a wheel (a zip archive) that begin with one prefix and match none of the left-out parts. */
const UNPACK = `
import sys, zipfile
wheel, folder, keep, leave = sys.argv[1], sys.argv[2], sys.argv[3].split('|'), [p for p in sys.argv[4].split('|') if p]
with zipfile.ZipFile(wheel) as archive:
    for name in archive.namelist():
        if name.startswith(tuple(keep)) and not any(part in name for part in leave):
            archive.extract(name, folder)
`

/** Prints the one METADATA file of a wheel. */
const METADATA = `
import sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as archive:
    name = next(n for n in archive.namelist() if n.endswith('.dist-info/METADATA'))
    sys.stdout.write(archive.read(name).decode('utf-8'))
`

/**
 * @param {string} python
 * @param {string} wheel
 * @param {string} folder
 * @param {{ keep: readonly string[], leave?: readonly string[] }} choice prefixes to keep, parts of names to leave out
 */
export async function unpackWheel(python, wheel, folder, { keep, leave = [] }) {
  await runPython(python, `unpacking ${wheel}`, [UNPACK, wheel, folder, keep.join('|'), leave.join('|')])
}

/**
 * @param {string} python
 * @param {string} wheel
 */
export async function readWheelMetadata(python, wheel) {
  return runPython(python, `reading ${wheel}`, [METADATA, wheel])
}

/**
 * @param {string} python
 * @param {string} what
 * @param {readonly string[]} parameters
 */
async function runPython(python, what, parameters) {
  const outcome = await run(python, ['-c', ...parameters])
  if (outcome.code === 0) return outcome.stdout
  throw new SetupError({
    what,
    why: lastLines(outcome.output, 2),
    fix: 'free some disk space (the CPU library needs 2 GB while unpacking, the GPU one 12 GB) and run the command again',
  })
}

/**
 * The requirements that a wheel's METADATA lists for one extra, as pip spells them.
 * @param {string} metadata
 * @param {string} extra
 * @returns {string[]} such as `nvidia-cudnn-cu12<10.0,>=9.3.0.75`
 */
export function requirementsOfExtra(metadata, extra) {
  const requirements = []
  for (const line of metadata.split(/\r?\n/)) {
    // The header ends at the first empty line; what follows is the description.
    if (line === '') break
    const [, requirement, marker] = /^Requires-Dist:\s*([^;]+?)\s*(?:;\s*(.+?)\s*)?$/.exec(line) ?? []
    if (requirement === undefined || marker === undefined) continue
    if (new RegExp(`^extra\\s*==\\s*["']${extra}["']$`).test(marker))
      requirements.push(requirement.replaceAll(/[\s()]/g, ''))
  }
  return requirements
}
