import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'
import { findOracle } from './scripts/test/oracle.mjs'
import { aliases } from './vite.aliases.config.mts'
import { threadCode } from './vite.thread.config.mts'
import { wasmCode } from './vite.wasm.config.mts'

const excluded = ['**/node_modules/**', 'out/**', 'dist/**', 'e2e/**']

/**
 * What needs TensorFlow runs in two processes that are kept from file to file: to load it takes longer than most files
 * do, and small tensors keep one core busy at most.
 */
const shared = { pool: 'forks', maxWorkers: 2, isolate: false } as const
/** What trains to the end uses every core by itself, and some of it measures its process. */
const alone = { pool: 'forks', fileParallelism: false } as const
/** The Python to compare with, where `npm test` has made one. */
const env = { PATCHWORK_ORACLE: findOracle() ?? '' }

/**
 * Five projects: `unit` (pure code, Node), `renderer` (components, happy-dom), `engine` (real tfjs), `oracle` (held to
 * Keras, or generated code that is run: once is enough, on one Node) and `training` (runs to the end).
 */
export default defineConfig({
  resolve: { alias: aliases },
  plugins: [threadCode(), wasmCode()],
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          environment: 'node',
          include: ['src-main/**/*.test.ts', 'scripts/**/*.test.{ts,mjs}'],
          exclude: [...excluded, 'src-main/**/*.{tf,oracle,train}.test.ts'],
        },
      },
      {
        extends: true,
        plugins: [vue()],
        test: {
          name: 'renderer',
          environment: 'happy-dom',
          include: ['src-renderer/**/*.test.ts'],
          exclude: excluded,
          // Vitest empties style sheets; the contrast test has to read this one.
          css: { include: [/tokens\.css/] },
        },
      },
      {
        extends: true,
        test: {
          name: 'engine',
          environment: 'node',
          env,
          include: ['src-main/**/*.tf.test.ts'],
          exclude: excluded,
          ...shared,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'oracle',
          environment: 'node',
          env,
          include: ['src-main/**/*.oracle.test.ts'],
          exclude: excluded,
          ...shared,
          testTimeout: 120_000,
          hookTimeout: 300_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'training',
          environment: 'node',
          include: ['src-main/**/*.train.test.ts'],
          exclude: excluded,
          ...alone,
          testTimeout: 600_000,
        },
      },
    ],
  },
})
