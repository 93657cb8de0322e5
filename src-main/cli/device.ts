import { withEngine } from './engine'
import { exitCodes, type Surroundings } from './surroundings'

export interface DeviceOptions {
  readonly json?: boolean
  readonly verbose?: boolean
}

/** Says which processor trains here, and why that one; gives the exit code. */
export async function showDevice(options: DeviceOptions, surroundings: Surroundings): Promise<number> {
  const { text, out } = surroundings
  const device = await withEngine(surroundings, options.verbose ?? false, async (engine) =>
    (await engine.client()).device({}),
  )
  if (options.json) out(`${JSON.stringify(device)}\n`)
  else {
    const { name, cores, tensorflow, tfjs, node, backend } = device
    out(`${text('cli.device.line', { kind: device.device.toUpperCase(), name, cores })}\n`)
    out(`${text(`train.device.why.${device.why}`)}\n`)
    out(`${text('cli.device.versions', { backend, tensorflow, tfjs, node })}\n`)
  }
  return exitCodes.done
}
