import { defineConfig } from '@playwright/test'

/**
 * What is measured in the window, one walk in each file: by the benchmark (`npm run bench -- --only cold-start,window`),
 * and `large-network` and
 * `browsing` by themselves (`npx playwright test -c e2e/measure/measure.config.ts browsing`).
 */
export default defineConfig({
  testDir: '.',
  testMatch: ['cold-start.ts', 'responsiveness.ts', 'large-network.ts', 'browsing.ts'],
  outputDir: '../../test-results/measure',
  workers: 1,
  retries: 0,
  timeout: 300_000,
  expect: { timeout: 60_000 },
  reporter: [['line']],
})
