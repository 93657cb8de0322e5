import type { BrowserWindowConstructorOptions } from 'electron'
import type { WindowState } from './window-state'

/** The grounds of the window before its page is drawn: `--surface-chrome` of `src-renderer/ui/tokens.css`. */
export const ground = { light: '#f8f9fa', dark: '#101114' } as const

/** The smallest size at which every workspace is usable. */
export const smallest = { width: 1024, height: 700 } as const

export interface WindowFacts {
  readonly state: WindowState
  readonly preload: string
  readonly icon: string
  readonly dark: boolean
  readonly development: boolean
}

/** How the window is made: shut off from Node and from everything but the bridge. */
export function windowOptions(facts: WindowFacts): BrowserWindowConstructorOptions {
  const { x, y, width, height } = facts.state.bounds
  return {
    ...(x === undefined || y === undefined ? {} : { x, y }),
    width,
    height,
    minWidth: smallest.width,
    minHeight: smallest.height,
    title: 'Patchwork',
    show: false,
    backgroundColor: facts.dark ? ground.dark : ground.light,
    icon: facts.icon,
    webPreferences: {
      preload: facts.preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      // Chromium would fetch dictionaries from the network.
      spellcheck: false,
      // A chart must go on while the window is behind another.
      backgroundThrottling: false,
      devTools: facts.development,
    },
  }
}
