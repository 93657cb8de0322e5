/**
 * The Content-Security-Policy of our pages: nothing but what the program itself brings. Styles may stand inline, since
 * the components of reka-ui and Vue Flow write them at run time; scripts never may. In development the bundler's
 * server may also be reached over its socket.
 */
export function contentPolicy(developmentServer?: string): string {
  const socket = developmentServer ? ` ${developmentServer.replace(/^http/, 'ws')}` : ''
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    `connect-src 'self'${socket}`,
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
  ].join('; ')
}

/** Whether a page may load an address at all: its own parts, what it made itself, and the browser's own tools. */
export function mayLoad(url: string, origin: string): boolean {
  return [`${origin}/`, 'data:', 'blob:', 'devtools:', 'chrome-extension:'].some((start) => url.startsWith(start))
}
