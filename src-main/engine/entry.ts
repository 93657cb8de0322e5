import './priority'
import { serveEngine } from './serve'
import { findTransport } from './transport'

/** The engine's process: serves whoever started it, and ends with it. */
const transport = findTransport()
if (transport) {
  transport.onClose(() => process.exit(0))
  serveEngine(transport.port)
} else {
  process.stderr.write('The engine is started by Patchwork, which talks to it over a channel; there is none here.\n')
  process.exitCode = 1
}
