import { defineConfig } from '@playwright/test'

/** What the benchmark measures in the window (`npm run bench -- --only cold-start,window`): one file, one walk each. */
export default defineConfig({
  testDir: '.',
  testMatch: ['cold-start.ts', 'responsiveness.ts', 'large-network.ts'],
  outputDir: '../../test-results/measure',
  workers: 1,
  retries: 0,
  timeout: 300_000,
  expect: { timeout: 60_000 },
  reporter: [['line']],
})
