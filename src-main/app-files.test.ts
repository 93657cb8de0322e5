import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { answerFile, filePath } from './app-files'
import { contentPolicy, mayLoad } from './content-policy'
import { useTemporaryFolder } from './testing/temporary-folder'

const folder = useTemporaryFolder()

describe('the file of an address', () => {
  it.each([
    ['app://patchwork/', '/root/index.html'],
    ['app://patchwork/index.html', '/root/index.html'],
    ['app://patchwork/assets/a%20b.js?v=1#x', '/root/assets/a b.js'],
    ['app://patchwork/a/../b.js', '/root/b.js'],
    ['app://patchwork/../../etc/passwd', '/root/etc/passwd'],
  ])('%s is %s', (url, expected) => expect(filePath('/root', url)).toBe(expected))

  it.each([
    'app://patchwork/..%2f..%2fetc/passwd',
    'app://patchwork/%2e%2e%2f%2e%2e%2fetc/passwd',
    'app://patchwork/a%00.js',
    'app://patchwork/%E0%A4%A',
    'app://patchwork',
    'app://elsewhere/index.html',
    'app://patchwork.example.com/index.html',
    'file:///root/index.html',
    'not an address',
  ])('%s is none', (url) => expect(filePath('/root', url)).toBeUndefined())
})

describe('the answer to a request', () => {
  it('is the file with its type and the policy', async () => {
    const root = await folder()
    await mkdir(join(root, 'assets'))
    await writeFile(join(root, 'assets', 'font.woff2'), Uint8Array.of(1, 0, 255))
    const response = await answerFile(root, 'app://patchwork/assets/font.woff2')
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'font/woff2'])
    expect(response.headers.get('content-security-policy')).toBe(contentPolicy())
    expect([...new Uint8Array(await response.arrayBuffer())]).toEqual([1, 0, 255])
  })

  it.each([
    ['app://patchwork/none.html', 404],
    ['app://patchwork/..%2fsecret', 404],
    ['app://patchwork/folder', 500],
  ])('%s has status %i, and the policy all the same', async (url, status) => {
    const root = await folder()
    await mkdir(join(root, 'folder'))
    const response = await answerFile(root, url)
    expect([response.status, response.headers.get('content-security-policy')]).toEqual([status, contentPolicy()])
  })
})

describe('the policy of our pages', () => {
  it('lets no script stand in a page, be made from text, or come from elsewhere', () => {
    const scripts = /script-src ([^;]*)/.exec(contentPolicy())?.[1]
    expect(scripts).toBe("'self'")
    expect(contentPolicy()).toMatch(/^default-src 'none'/)
    expect(contentPolicy()).not.toMatch(/unsafe|https?:|\*/)
  })

  it('is loosened for the development server only by what it needs', () => {
    const loosened = contentPolicy('http://localhost:5173')
    expect(loosened.replace(' ws://localhost:5173', '').replace(" 'unsafe-inline'", '')).toBe(contentPolicy())
    expect(loosened).toContain("style-src 'self' 'unsafe-inline';")
  })

  it.each([
    ['app://patchwork/index.html', true],
    ['data:image/png;base64,AA', true],
    ['blob:app://patchwork/1', true],
    ['devtools://devtools/bundled/inspector.html', true],
    ['https://example.com/', false],
    ['http://localhost/', false],
    ['file:///etc/passwd', false],
    ['app://patchwork.example.com/', false],
    ['ws://example.com/', false],
  ])('%s may be loaded: %s', (url, expected) => expect(mayLoad(url, 'app://patchwork')).toBe(expected))
})
