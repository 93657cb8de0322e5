import { defineConfig } from '@playwright/test'

/** The driven first project of `npm start` on a machine without a display: one walk, told line by line. */
export default defineConfig({
  testDir: '.',
  testMatch: 'first-run.ts',
  outputDir: '../test-results/first-run',
  workers: 1,
  retries: 0,
  timeout: 900_000,
  expect: { timeout: 30_000 },
  reporter: [['./support/progress-reporter.ts']],
})
