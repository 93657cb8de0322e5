import { join } from 'node:path'
import { version } from '../../package.json'
import { childLaunch } from '../engine-host/launch-child'
import { languageOf, translator } from '../services/texts'
import { runCommand } from './program'

const { env, stdout, stderr } = process
const language = languageOf('system', env.LC_ALL || env.LC_MESSAGES || env.LANG || '')

// A pipe that its reader has closed (`| head`) is no error of ours.
for (const stream of [stdout, stderr]) stream.on('error', () => undefined)

void runCommand({
  words: process.argv.slice(2),
  // Under `npm run cli` the working folder is the package's; npm tells where the person stands.
  folder: (env.npm_lifecycle_event === 'cli' && env.INIT_CWD) || process.cwd(),
  text: translator(language),
  locale: language,
  launch: childLaunch(join(__dirname, 'engine.js'), { detached: true }),
  version,
  out: (text) => stdout.write(text),
  tell: (text) => stderr.write(text),
  columns: () => (stderr.isTTY ? stderr.columns : undefined),
  onInterrupt(listener) {
    const signals = ['SIGINT', 'SIGTERM'] as const
    for (const signal of signals) process.on(signal, listener)
    return () => {
      for (const signal of signals) process.off(signal, listener)
    }
  },
}).then((code) => {
  process.exitCode = code
})
