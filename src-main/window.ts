import { BrowserWindow, nativeTheme, screen, session, type WebContents } from 'electron'
import type { Log } from '@shared/log'
import type { CaptureDevice } from '@shared/data/collection'
import { contentPolicy, mayLoad } from './content-policy'
import { originOf } from './ipc/sender'
import { grants } from './permissions'
import type { Stored } from './services/stored'
import { windowOptions } from './window-options'
import { fitWindow, type WindowState } from './window-state'

export interface WindowSetup {
  readonly preload: string
  readonly icon: string
  /** The address of our page. */
  readonly page: string
  readonly memory: Stored<WindowState>
  readonly development: boolean
  readonly log: Log
}

/** Opens the program's window where it was the last time, and shows it once its page is drawn. */
export function openWindow({ preload, icon, page, memory, development, log }: WindowSetup): BrowserWindow {
  const workAreas = screen.getAllDisplays().map(({ workArea }) => workArea)
  const state = fitWindow(memory.read(), workAreas)
  const dark = nativeTheme.shouldUseDarkColors
  const window = new BrowserWindow(windowOptions({ state, preload, icon, dark, development }))
  if (state.maximized) window.maximize()
  window.once('ready-to-show', () => window.show())
  window.on('close', () => memory.write({ bounds: window.getNormalBounds(), maximized: window.isMaximized() }))
  // The title is the project's, and set by main.
  window.on('page-title-updated', (event) => event.preventDefault())
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    log.error(`The window's process is gone: ${reason} (${exitCode})`)
    if (reason !== 'clean-exit' && !window.isDestroyed()) window.webContents.reload()
  })
  window.webContents.on('preload-error', (_event, _path, error) => log.error('The preload script failed', error))
  window.loadURL(page).catch((thrown: unknown) => log.error(`${page} was not loaded`, thrown))
  return window
}

/** Keeps every page of the program where it is: no navigation, no new windows, no frames of other makers. */
export function guardContents(contents: WebContents, origin: string, log: Log): void {
  function refuse(event: { preventDefault(): void }, url: string): void {
    if (url.startsWith(`${origin}/`)) return
    event.preventDefault()
    log.warn(`Refused to navigate to ${url}`)
  }
  contents.on('will-navigate', (event) => refuse(event, event.url))
  contents.on('will-redirect', (event) => refuse(event, event.url))
  contents.on('will-frame-navigate', (event) => refuse(event, event.url))
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(({ url }) => {
    log.warn(`Refused to open a window at ${url}`)
    return { action: 'deny' }
  })
}

export interface SessionGuard {
  readonly origin: string
  readonly developmentServer: string | undefined
  /** Whether a person asked for a camera or a microphone now. */
  readonly isOpen: (device: CaptureDevice) => boolean
  readonly log: Log
}

/** Grants a page what `grants` says and nothing else, and loads nothing from elsewhere. */
export function guardSession({ origin, developmentServer, isOpen, log }: SessionGuard): void {
  const { defaultSession } = session
  const own = (url: string | undefined) => url !== undefined && originOf(url) === origin
  defaultSession.setPermissionRequestHandler((_contents, permission, answer, details) => {
    const media = 'mediaTypes' in details ? [...(details.mediaTypes ?? [])] : []
    answer(grants({ permission, own: details.isMainFrame && own(details.requestingUrl), media }, isOpen))
  })
  defaultSession.setPermissionCheckHandler((_contents, permission, asking, { isMainFrame, mediaType }) => {
    const media = mediaType === undefined || mediaType === 'unknown' ? [] : [mediaType]
    return grants({ permission, own: isMainFrame && own(asking), media }, isOpen)
  })
  defaultSession.setDevicePermissionHandler(() => false)
  defaultSession.webRequest.onBeforeRequest((request, answer) => {
    const own = mayLoad(request.url, origin) || (developmentServer && isOfServer(request.url, developmentServer))
    if (!own) log.warn(`Refused to load ${request.url}`)
    answer({ cancel: !own })
  })
  if (developmentServer) {
    defaultSession.webRequest.onHeadersReceived((response, answer) => {
      const policy = { 'Content-Security-Policy': [contentPolicy(developmentServer)] }
      answer({ responseHeaders: { ...response.responseHeaders, ...policy } })
    })
  }
}

function isOfServer(url: string, server: string): boolean {
  return url.startsWith(server) || url.startsWith(server.replace(/^http/, 'ws'))
}
