import { fileURLToPath } from 'node:url'

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))

/** The import aliases of every bundle and test; tsconfig.base.json names the same ones for the type checker. */
export const aliases = {
  '@shared': path('src-main/shared'),
  '@engine': path('src-main/engine'),
  '@main': path('src-main'),
  '@': path('src-renderer'),
}
