import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'
import { findOracle } from './scripts/test/oracle.mjs'
import { aliases } from './vite.aliases.config.mts'

const excluded = ['**/node_modules/**', 'out/**', 'dist/**', 'e2e/**']

/**
 * Four projects: `unit` (pure code, Node), `renderer` (components, happy-dom), `engine` (real tfjs, one process at a
 * time: TensorFlow uses every core by itself) and `training` (runs to the end, which take their time).
 */
export default defineConfig({
  resolve: { alias: aliases },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          environment: 'node',
          include: ['src-main/**/*.test.ts', 'scripts/**/*.test.{ts,mjs}'],
          exclude: [...excluded, 'src-main/**/*.{tf,train}.test.ts'],
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
          // The Python to compare with, where `npm test` has made one.
          env: { PATCHWORK_ORACLE: findOracle() ?? '' },
          include: ['src-main/**/*.tf.test.ts'],
          exclude: excluded,
          pool: 'forks',
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'training',
          environment: 'node',
          include: ['src-main/**/*.train.test.ts'],
          exclude: excluded,
          pool: 'forks',
          fileParallelism: false,
          testTimeout: 600_000,
        },
      },
    ],
  },
})
