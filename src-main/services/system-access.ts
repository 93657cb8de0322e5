import { systemPreferences } from 'electron'
import type { SystemAccess } from './capture'

/** Windows and macOS keep a switch for each program, macOS also asks; Linux leaves it to the devices' own rights. */
export const systemAccess: SystemAccess = {
  status(device) {
    if (process.platform !== 'darwin' && process.platform !== 'win32') return 'unknown'
    const status = systemPreferences.getMediaAccessStatus(device)
    if (status === 'granted' || status === 'unknown') return status
    return status === 'not-determined' ? 'not-asked' : 'denied'
  },
  ask: (device) =>
    process.platform === 'darwin' ? systemPreferences.askForMediaAccess(device) : Promise.resolve(true),
}
