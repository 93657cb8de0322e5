import { join } from 'node:path'
import { app } from 'electron'

/**
 * Where the program keeps what it knows: in the system's folder for that under its own name, unless the command line
 * (`--user-data-dir`, Electron's own switch) or `PATCHWORK_USER_DATA` names another, as tests do. To be called first.
 */
export function placeUserData(): void {
  app.setName('Patchwork')
  const named = app.commandLine.getSwitchValue('user-data-dir') || process.env.PATCHWORK_USER_DATA
  app.setPath('userData', named || join(app.getPath('appData'), 'Patchwork'))
}
