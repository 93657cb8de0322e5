import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { contentPolicy } from './content-policy'
import { isMissing } from './services/atomic-file'
import { isWithin } from './services/project-folder'

export const scheme = 'app'

/** Where the pages of the program live: a scheme of our own, so that they have an origin and a policy. */
export const appOrigin = `${scheme}://patchwork`

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
}

/** The answer to a request for one of our addresses. */
export async function answerFile(folder: string, url: string): Promise<Response> {
  const path = filePath(folder, url)
  const headers = {
    'Content-Security-Policy': contentPolicy(),
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'no-cache',
  }
  if (path === undefined) return new Response('Not here', { status: 404, headers })
  try {
    const type = types[extname(path).toLowerCase()] ?? 'application/octet-stream'
    return new Response(await readFile(path), { headers: { ...headers, 'Content-Type': type } })
  } catch (thrown) {
    return new Response('Not here', { status: isMissing(thrown) ? 404 : 500, headers })
  }
}

/** The file that an address means, or undefined where it lies outside the folder or is none of ours. */
export function filePath(folder: string, url: string): string | undefined {
  if (!url.startsWith(`${appOrigin}/`)) return undefined
  try {
    const name = decodeURIComponent(new URL(url).pathname)
    const path = join(folder, name === '/' ? 'index.html' : name)
    return isWithin(folder, path) && !name.includes('\0') ? path : undefined
  } catch {
    return undefined
  }
}
