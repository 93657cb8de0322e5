/// <reference types="electron-vite/node" />
import { join } from 'node:path'
import { app, BrowserWindow, dialog, Menu, nativeTheme, shell } from 'electron'
import { toReport } from '@shared/ipc/errors'
import icon from '../assets/icon.png?asset'
import { appOrigin } from './app-files'
import { announceScheme, serveFolder } from './app-protocol'
import { createHandlers } from './ipc/handlers'
import { originOf } from './ipc/sender'
import { emitTo, serveWindows } from './ipc/serve'
import { menuTemplate } from './menu'
import { createProgram, type Program } from './program'
import { about } from './services/about'
import { openLog } from './services/logs'
import { placeUserData } from './user-data'
import { guardContents, guardSession, openWindow } from './window'

const development = !app.isPackaged
const developmentServer = development ? process.env.ELECTRON_RENDERER_URL : undefined
const origin = developmentServer ? originOf(developmentServer) : appOrigin

placeUserData()
announceScheme()

const logPath = join(app.getPath('userData'), 'logs', 'patchwork.log')
const log = openLog(logPath, { onConsole: developmentServer !== undefined })
const windows = () => BrowserWindow.getAllWindows().map((window) => window.webContents)
const emit = emitTo(windows)

process.on('uncaughtException', (thrown) => showUnexpected('An error was caught by nothing', thrown))
process.on('unhandledRejection', (thrown) => showUnexpected('A promise failed unheard', thrown))

if (app.requestSingleInstanceLock()) void app.whenReady().then(boot)
else app.quit()

function boot(): void {
  const facts = about({
    versions: process.versions,
    source: process.env.PATCHWORK_ELECTRON_SOURCE,
    packaged: app.isPackaged,
    sandboxed: !app.commandLine.hasSwitch('no-sandbox'),
    logPath,
  })
  log.info(`Patchwork ${facts.version} on Electron ${facts.electron} (${facts.electronSource}), ${facts.platform}`)
  if (!facts.sandboxed) log.warn('Chromium runs without its sandbox, as --no-sandbox asks: root cannot use it')

  const program = createProgram(facts, emit, log)
  serveFolder(join(__dirname, '..', 'renderer'))
  guardSession({ origin, developmentServer, isOpen: (device) => program.capture.isOpen(device), log })
  app.on('web-contents-created', (_event, contents) => guardContents(contents, origin, log))
  serveWindows({ handlers: createHandlers(program), windows, origin, log, checkOutput: development })
  passEventsOn(program)
  followSettings(program)
  showWindow(program)
  endInOrder(program)
}

/** What windows hear of without asking. */
function passEventsOn({ engine, projects, settings }: Program): void {
  engine.onState((state) => emit('engineState', state))
  engine.on('metrics', (batch) => emit('metrics', batch))
  engine.on('log', ({ level, text }) => log[level](`engine: ${text}`))
  engine.onGone((why) => {
    // What a person asked for themselves is no news to them.
    if (why.code !== 'engine-restarted' && why.code !== 'engine-stopped') emit('problem', toReport(why))
  })
  settings.onChange((next) => emit('settings', next))
  projects.onProblem(showProblem)
  projects.onChange(({ project }) => {
    for (const window of BrowserWindow.getAllWindows()) window.setTitle(`${project.name} — Patchwork`)
  })
}

/** Theme and menu as the settings want them, now and after each change. */
function followSettings({ settings, projects, text }: Program): void {
  function showMenu(): void {
    const facts = { text: text(), platform: process.platform, development, recent: projects.recent() }
    const template = menuTemplate(facts, {
      command: (id) => emit('menuCommand', { id }),
      openRecent: (path) => void projects.open(path).then((opened) => emit('projectOpened', opened), showProblem),
      showLog: () => shell.showItemInFolder(logPath),
    })
    Menu.setApplicationMenu(Menu.buildFromTemplate(template))
  }

  function apply(): void {
    nativeTheme.themeSource = settings.read().theme
    showMenu()
  }

  settings.onChange(apply)
  projects.onChange(showMenu)
  apply()
}

function showWindow({ windowMemory }: Program): void {
  function open(): void {
    const preload = join(__dirname, '..', 'preload', 'preload.js')
    const page = developmentServer ?? `${appOrigin}/index.html`
    openWindow({ preload, page, icon, memory: windowMemory, development, log })
  }

  open()
  app.on('second-instance', () => {
    const [window] = BrowserWindow.getAllWindows()
    if (window?.isMinimized()) window.restore()
    window?.focus()
  })
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) open()
  })
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
}

/**
 * Lets what is under way come to its end before the program does; windows are closed by then, and have sent what they
 * had still to save.
 */
function endInOrder(program: Program): void {
  let ended = false
  let ending: Promise<void> | undefined
  app.on('will-quit', (event) => {
    if (ended) return
    event.preventDefault()
    ending ??= program
      .end()
      .catch((thrown: unknown) => log.error('The program did not end in order', thrown))
      .finally(() => {
        ended = true
        log.info('Patchwork ends')
        app.quit()
      })
  })
}

function showProblem(thrown: unknown): void {
  log.error('Something failed that no call waits for', thrown)
  emit('problem', toReport(thrown))
}

function showUnexpected(title: string, thrown: unknown): void {
  log.error(title, thrown)
  if (app.isReady() && windows().length > 0) emit('problem', toReport(thrown))
  else dialog.showErrorBox('Patchwork', toReport(thrown).message)
}
