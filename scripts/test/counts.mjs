// @ts-check

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/**
 * @param {readonly Counts[]} list
 * @returns {Counts}
 */
export function addCounts(list) {
  const total = { passed: 0, failed: 0, skipped: 0 }
  for (const { passed, failed, skipped } of list) {
    total.passed += passed
    total.failed += failed
    total.skipped += skipped
  }
  return total
}

/**
 * Counts from Vitest's JSON report. A file that fails before its first test has no test to count: it counts as one.
 * @param {unknown} report
 * @returns {Counts}
 */
export function countVitest(report) {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = asRecord(report)
  const suites = Array.isArray(testResults) ? testResults.map(asRecord) : []
  const broken = suites.filter(({ status, assertionResults }) => {
    const assertions = Array.isArray(assertionResults) ? assertionResults.map(asRecord) : []
    return status === 'failed' && !assertions.some((assertion) => assertion.status === 'failed')
  })
  return {
    passed: asNumber(numPassedTests),
    failed: asNumber(numFailedTests) + broken.length,
    skipped: asNumber(numPendingTests) + asNumber(numTodoTests),
  }
}

/**
 * Counts from Playwright's JSON report. A test that passed only when repeated counts as failed, and so does an error
 * outside of any test.
 * @param {unknown} report
 * @returns {Counts}
 */
export function countPlaywright(report) {
  const { stats, errors } = asRecord(report)
  const { expected, unexpected, flaky, skipped } = asRecord(stats)
  return {
    passed: asNumber(expected),
    failed: asNumber(unexpected) + asNumber(flaky) + (Array.isArray(errors) ? errors.length : 0),
    skipped: asNumber(skipped),
  }
}

/**
 * What a stage counts for: its tests, or itself where it has none to count. A stage that ends badly never counts as
 * passed, whatever its report says.
 * @param {number} code its exit code
 * @param {Counts | undefined} tests
 * @returns {Counts}
 */
export function countStage(code, tests) {
  if (tests === undefined) return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 }
  const nothingRan = tests.passed + tests.failed === 0
  if (tests.failed === 0 && (code !== 0 || nothingRan)) return { ...tests, failed: 1 }
  return tests
}

/**
 * @param {unknown} value
 * @returns {Record<string, unknown>}
 */
function asRecord(value) {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

/** @param {unknown} value */
function asNumber(value) {
  return typeof value === 'number' ? value : 0
}
