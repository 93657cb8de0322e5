/**
 * The Content-Security-Policy of our pages: nothing but what the program itself brings, and no script or style written
 * into the page. In development the bundler's server may also be reached over its socket, and writes its styles inline.
 */
export function contentPolicy(developmentServer?: string): string {
  const inlineStyle = developmentServer ? " 'unsafe-inline'" : ''
  const socket = developmentServer ? ` ${developmentServer.replace(/^http/, 'ws')}` : ''
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self'${inlineStyle}`,
    "img-src 'self' data: blob:",
    // A video that is decoded here, and what a microphone recorded, are bytes of the page's own.
    "media-src 'self' blob:",
    "font-src 'self'",
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
