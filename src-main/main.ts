/// <reference types="electron-vite/node" />
import { join } from 'node:path'
import { app, BrowserWindow, dialog, Menu, nativeTheme, shell } from 'electron'
import { toReport } from '@shared/ipc/errors'
import { AppSettings, initialSettings } from '@shared/project/settings'
import icon from '../assets/icon.png?asset'
import { announceScheme, serveFolder } from './app-protocol'
import { appOrigin } from './app-files'
import { startHost } from './engine-host/host'
import { utilityLaunch } from './engine-host/launch'
import { createHandlers } from './ipc/handlers'
import { originOf } from './ipc/sender'
import { emitTo, serveWindows } from './ipc/serve'
import { menuTemplate } from './menu'
import { about } from './services/about'
import { createDialogs } from './services/dialogs'
import { createExports } from './services/exports'
import { openLog } from './services/logs'
import { createProjects, initialMemory, ProjectMemory } from './services/projects'
import { createRuns } from './services/runs'
import { createSettings } from './services/settings'
import { openShelf } from './services/shelves'
import { showFolder } from './services/show-folder'
import { stored } from './services/stored'
import { languageOf, translator } from './services/texts'
import { placeUserData } from './user-data'
import { guardContents, guardSession, openWindow } from './window'
import { initialWindow, WindowState } from './window-state'

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

  const settings = createSettings(stored(openShelf('settings'), AppSettings, initialSettings, 'settings.json', log))
  const text = () => translator(languageOf(settings.read().language, app.getLocale()))
  const dialogs = createDialogs(text)
  const engine = startHost({ launch: utilityLaunch(join(__dirname, 'engine.js')), log })
  const projects = createProjects({
    home: join(app.getPath('userData'), 'projects'),
    memory: stored(openShelf('projects'), ProjectMemory, initialMemory, 'projects.json', log),
    firstName: () => text()('menu.firstProject'),
    log,
    mayLeave: () => runs.mayLeave(),
  })
  const runs = createRuns({
    engine,
    projectFolder: () => projects.folder(),
    log,
    changed: (run) => emit('runChanged', run),
    trash: (path) => shell.trashItem(path),
  })
  const exports = createExports({
    engine,
    runFolder: (id) => runs.folder(id),
    projectName: async () => (await projects.current()).project.name,
    chooseFolder: () => dialogs.exportFolder(),
    log,
  })
  const fileManager = {
    openFolder: (path: string) => shell.openPath(path),
    showFile: (path: string) => shell.showItemInFolder(path),
  }
  const show = (path: string) =>
    showFolder(path, [projects.folder(), ...exports.folders(), join(logPath, '..')], fileManager)
  const handlers = createHandlers({
    about: () => facts,
    settings,
    projects,
    runs,
    exports,
    engine,
    dialogs,
    showFolder: show,
    log,
  })
  const memory = stored(openShelf('window'), WindowState, initialWindow, 'window.json', log)

  function applySettings(): void {
    nativeTheme.themeSource = settings.read().theme
    showMenu()
  }

  function showMenu(): void {
    const { platform } = process
    const menu = { text: text(), platform, development, recent: projects.recent() }
    const template = menuTemplate(menu, {
      command: (id) => emit('menuCommand', { id }),
      openRecent: (path) => void projects.open(path).then((opened) => emit('projectOpened', opened), showProblem),
      showLog: () => fileManager.showFile(logPath),
    })
    Menu.setApplicationMenu(Menu.buildFromTemplate(template))
  }

  function open(): void {
    openWindow({
      preload: join(__dirname, '..', 'preload', 'preload.js'),
      page: developmentServer ?? `${appOrigin}/index.html`,
      icon,
      memory,
      development,
      log,
    })
  }

  serveFolder(join(__dirname, '..', 'renderer'))
  guardSession(origin, developmentServer, log)
  app.on('web-contents-created', (_event, contents) => guardContents(contents, origin, log))
  serveWindows({ handlers, windows, origin, log, checkOutput: development })

  engine.onState((state) => emit('engineState', state))
  engine.onGone((why) => {
    // What a person asked for themselves is no news to them.
    if (why.code !== 'engine-restarted' && why.code !== 'engine-stopped') emit('problem', toReport(why))
  })
  engine.on('metrics', (batch) => emit('metrics', batch))
  engine.on('log', ({ level, text: line }) => log[level](`engine: ${line}`))
  settings.onChange((next) => emit('settings', next))
  settings.onChange(applySettings)
  projects.onProblem(showProblem)
  projects.onChange(showMenu)
  projects.onChange(({ project }) => {
    for (const window of BrowserWindow.getAllWindows()) window.setTitle(`${project.name} — Patchwork`)
  })
  applySettings()
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
  endInOrder(async () => {
    await runs.stopLive(8000)
    await projects.flush()
    await engine.stop()
  })
}

/** Lets what is under way come to its end before the program does. */
function endInOrder(work: () => Promise<void>): void {
  let ended = false
  let ending: Promise<void> | undefined
  app.on('before-quit', (event) => {
    if (ended) return
    event.preventDefault()
    ending ??= work()
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
