import { protocol } from 'electron'
import { answerFile, scheme } from './app-files'

/** Tells Chromium that our scheme behaves like https. To be called before Electron is ready. */
export function announceScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ])
}

/** Serves the files of a folder under our scheme, and nothing outside it. */
export function serveFolder(folder: string): void {
  protocol.handle(scheme, (request) => answerFile(folder, request.url))
}
