import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from '@playwright/test'
import { expect, test } from './fixtures'
import { dropFiles } from './support/drop-files'
import { root } from './support/provisioned'

/** What a page must not be able to do, tried from inside the page. */

test('a page has no way out: no Node, no code from strings, nothing from elsewhere, no permissions', async ({
  workbench,
}) => {
  const { page, complaints } = workbench
  complaints.allow(/Content Security Policy|ERR_BLOCKED_BY_CLIENT|Failed to load resource/)
  await test.step('no Node, and one frozen bridge', async () => {
    const found = await page.evaluate(() => {
      const bridge = (window as unknown as { api: object }).api
      const names = ['require', 'process', 'module', 'Buffer', 'electron', 'ipcRenderer']
      return {
        node: names.filter((name) => name in window),
        bridge: Object.keys(bridge).sort(),
        frozen: Object.isFrozen(bridge),
        replaced: Reflect.set(window, 'api', {}),
      }
    })
    const bridge = ['call', 'cancel', 'on', 'pathOf', 'platform']
    expect(found).toEqual({ node: [], bridge, frozen: true, replaced: false })
  })
  await test.step('strings are not run as code', async () => {
    expect(await tryCode(page)).toEqual({ evaluated: 'refused', made: 'refused', inline: 'refused' })
  })
  await test.step('nothing is fetched, not even from this machine', async () => {
    let asked = 0
    const server = createServer((_request, answer) => {
      asked++
      answer.writeHead(200, { 'access-control-allow-origin': '*' }).end('secret')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    expect(await tryToFetch(page, `http://127.0.0.1:${port}/`)).toEqual({ fetched: 'refused', picture: 'refused' })
    server.close()
    expect(asked).toBe(0)
  })
  await test.step('no permission is granted', async () => {
    const granted = await page.evaluate(async () => {
      const names = ['geolocation', 'notifications', 'camera', 'microphone', 'clipboard-read', 'midi']
      const states = await Promise.all(
        names.map((name) =>
          navigator.permissions.query({ name: name as PermissionName }).then(
            ({ state }) => state,
            () => 'unknown here',
          ),
        ),
      )
      return names.filter((_name, place) => states[place] === 'granted')
    })
    expect(granted).toEqual([])
  })
})

test('unknown calls and wrong inputs are refused with a reason', async ({ workbench }) => {
  const replies = await workbench.page.evaluate(async () => {
    const { api } = window as unknown as {
      api: {
        call(name: string, input: unknown, id: number): Promise<{ ok: boolean; error?: { code: string } }>
        on(name: string, listener: () => void): () => void
      }
    }
    let id = 900_000
    const code = async (name: string, input: unknown): Promise<string> => {
      try {
        const reply = await api.call(name, input, ++id)
        return reply.ok ? 'answered' : (reply.error?.code ?? 'no code')
      } catch (thrown) {
        return thrown instanceof Error && /There is no call/.test(thrown.message) ? 'not there' : String(thrown)
      }
    }
    const listen = (name: string): string => {
      try {
        api.on(name, () => undefined)
        return 'heard'
      } catch {
        return 'not there'
      }
    }
    return {
      known: await code('about', {}),
      unknown: await code('deleteEverything', {}),
      inherited: await code('toString', {}),
      missing: await code('readFilters', {}),
      wrongType: await code('readFilters', { runId: 7, node: null }),
      climbing: await code('readHistory', { runId: '../../etc' }),
      tooMany: await code('topGuesses', { runId: 'run-0001', right: 1e9, wrong: 0, seed: 1 }),
      noRun: await code('exportModel', { runId: 'run-0001', format: 'of-my-own' }),
      otherFolder: await code('showFolder', { path: '/etc' }),
      otherProject: await code('saveProject', { path: '/tmp/x', project: {} }),
      event: listen('keyPressed'),
    }
  })
  expect(replies).toEqual({
    known: 'answered',
    unknown: 'not there',
    inherited: 'not there',
    missing: 'bad-input',
    wrongType: 'bad-input',
    climbing: 'bad-input',
    tooMany: 'bad-input',
    noRun: 'bad-input',
    otherFolder: 'folder-refused',
    otherProject: 'bad-input',
    event: 'not there',
  })
})

test('the window cannot be led away, nor open another', async ({ workbench }) => {
  const { page, app, frame } = workbench
  const before = page.url()
  await test.step('a page dropped on it does not replace it', async () => {
    await frame.go('export')
    await dropFiles(page, frame.rail, [`${root}/src-renderer/index.html`])
    await expect(frame.rail).toBeVisible()
    expect(page.url()).toBe(before)
  })
  await test.step('neither a link nor a script leads elsewhere', async () => {
    const after = await page.evaluate(async () => {
      const link = document.createElement('a')
      link.href = 'https://example.com/'
      link.target = '_blank'
      document.body.append(link)
      link.click()
      const opened = window.open('https://example.com/') !== null
      location.assign('https://example.com/')
      await new Promise((resolve) => setTimeout(resolve, 1000))
      return { opened, rail: document.querySelectorAll('nav').length, url: location.href }
    })
    expect(after).toEqual({ opened: false, rail: 1, url: before })
    expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
  })
})

/** Runs code from strings in a task of the page itself: the debugger's own calls are exempt from the policy. */
function tryCode(page: Page): Promise<Record<string, string>> {
  return page.evaluate(
    () =>
      new Promise<Record<string, string>>((resolve) => {
        setTimeout(() => {
          const attempt = (action: () => unknown): string => {
            try {
              return `ran: ${String(action())}`
            } catch (thrown) {
              return thrown instanceof EvalError ? 'refused' : String(thrown)
            }
          }
          const evaluated = attempt(() => (0, eval)('1 + 1') as unknown)
          const made = attempt(() => new Function('return 2')() as unknown)
          const script = document.createElement('script')
          script.textContent = 'window.inlineRan = true'
          document.head.append(script)
          const inline = 'inlineRan' in window ? 'ran' : 'refused'
          script.remove()
          resolve({ evaluated, made, inline })
        })
      }),
  )
}

function tryToFetch(page: Page, address: string): Promise<Record<string, string>> {
  return page.evaluate(async (url) => {
    const fetched = await fetch(url).then(
      (answer) => answer.text(),
      () => 'refused',
    )
    const picture = await new Promise<string>((resolve) => {
      const image = new Image()
      image.onload = () => resolve('loaded')
      image.onerror = () => resolve('refused')
      image.src = url
    })
    return { fetched, picture }
  }, address)
}
