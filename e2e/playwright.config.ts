import { defineConfig } from '@playwright/test'

/**
 * The end-to-end tests: the built program (`npm run build`), each test with a user-data folder of its own. One after
 * another, since TensorFlow takes every core by itself; no repeats, since what works now and then does not work.
 */
export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  outputDir: '../test-results',
  workers: 1,
  retries: 0,
  fullyParallel: false,
  forbidOnly: Boolean(process.env.CI),
  timeout: 180_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
})
