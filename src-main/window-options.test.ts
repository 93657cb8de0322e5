import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ground, windowOptions, type WindowFacts } from './window-options'

const facts: WindowFacts = {
  state: { bounds: { x: 10, y: 20, width: 1300, height: 800 }, maximized: false },
  preload: '/out/preload/preload.js',
  icon: '/out/main/icon.png',
  dark: false,
  development: false,
}

describe('the window', () => {
  it('is shut off from Node and from the network', () => {
    expect(windowOptions(facts).webPreferences).toMatchObject({
      preload: '/out/preload/preload.js',
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      spellcheck: false,
      devTools: false,
    })
  })

  it('stands where it was, and anywhere where it never stood', () => {
    expect(windowOptions(facts)).toMatchObject({ x: 10, y: 20, width: 1300, height: 800 })
    const anywhere = windowOptions({ ...facts, state: { bounds: { width: 1440, height: 900 }, maximized: false } })
    expect(anywhere).not.toHaveProperty('x')
  })

  it('shows nothing before its page is drawn, on the ground that the page will have', () => {
    expect(windowOptions(facts)).toMatchObject({ show: false, backgroundColor: ground.light })
    expect(windowOptions({ ...facts, dark: true }).backgroundColor).toBe(ground.dark)
    const tokens = readFileSync(new URL('../src-renderer/ui/tokens.css', import.meta.url), 'utf8')
    const [light = '', dark = ''] = tokens.split("[data-theme='dark']")
    expect([groundOf(light), groundOf(dark)]).toEqual([ground.light, ground.dark])
  })
})

/** The value of `--surface-chrome` in a theme of tokens.css. */
function groundOf(theme: string): string | undefined {
  const step = /--surface-chrome: var\((--neutral-\d+)\)/.exec(theme)?.[1]
  return new RegExp(`${step}: (#\\w+)`).exec(theme)?.[1]
}
