// @ts-check
import { describe, expect, it } from 'vitest'
import { addCounts, countPlaywright, countStage, countVitest } from './counts.mjs'
import { stagesAtOnce } from './stages.mjs'
import { formatCounts, formatTable } from './summary.mjs'

describe('countVitest', () => {
  it.each([
    ['all passed', { numPassedTests: 3, numFailedTests: 0 }, { passed: 3, failed: 0, skipped: 0 }],
    [
      'skipped and to do',
      { numPassedTests: 1, numPendingTests: 2, numTodoTests: 1 },
      { passed: 1, failed: 0, skipped: 3 },
    ],
    [
      'a file that could not be loaded',
      { numPassedTests: 1, numFailedTests: 0, testResults: [{ status: 'failed', assertionResults: [] }] },
      { passed: 1, failed: 1, skipped: 0 },
    ],
    [
      'a failed test is not counted again for its file',
      {
        numPassedTests: 1,
        numFailedTests: 1,
        testResults: [{ status: 'failed', assertionResults: [{ status: 'failed' }] }],
      },
      { passed: 1, failed: 1, skipped: 0 },
    ],
    ['no report', undefined, { passed: 0, failed: 0, skipped: 0 }],
  ])('%s', (_, report, counts) => {
    expect(countVitest(report)).toEqual(counts)
  })
})

describe('countPlaywright', () => {
  it.each([
    [
      'all passed',
      { stats: { expected: 4, unexpected: 0, flaky: 0, skipped: 1 } },
      { passed: 4, failed: 0, skipped: 1 },
    ],
    [
      'failed and flaky',
      { stats: { expected: 1, unexpected: 2, flaky: 1, skipped: 0 } },
      { passed: 1, failed: 3, skipped: 0 },
    ],
    [
      'an error outside of tests',
      { stats: { expected: 0 }, errors: [{ message: 'x' }] },
      { passed: 0, failed: 1, skipped: 0 },
    ],
    ['no report', undefined, { passed: 0, failed: 0, skipped: 0 }],
  ])('%s', (_, report, counts) => {
    expect(countPlaywright(report)).toEqual(counts)
  })
})

describe('countStage', () => {
  const none = { passed: 0, failed: 0, skipped: 0 }
  it.each([
    ['without tests, good', 0, undefined, { passed: 1, failed: 0, skipped: 0 }],
    ['without tests, bad', 2, undefined, { passed: 0, failed: 1, skipped: 0 }],
    ['tests passed', 0, { ...none, passed: 5 }, { ...none, passed: 5 }],
    ['tests failed', 1, { ...none, passed: 5, failed: 2 }, { ...none, passed: 5, failed: 2 }],
    ['tests passed, but it ended badly', 1, { ...none, passed: 5 }, { ...none, passed: 5, failed: 1 }],
    ['ended well, but ran no test', 0, none, { ...none, failed: 1 }],
    ['all skipped', 0, { ...none, skipped: 4 }, { ...none, failed: 1, skipped: 4 }],
  ])('%s', (_, code, tests, counts) => {
    expect(countStage(code, tests)).toEqual(counts)
  })
})

describe('the summary', () => {
  it('ends in one plain line', () => {
    const counts = [
      { passed: 1, failed: 0, skipped: 0 },
      { passed: 10, failed: 2, skipped: 3 },
    ]
    expect(formatCounts(addCounts(counts))).toBe('11 passed, 2 failed, 3 skipped')
    expect(formatCounts(addCounts([]))).toBe('0 passed, 0 failed')
  })

  it('has a line for each stage, marked as failed or passed', () => {
    const table = formatTable([
      { title: 'Lint', counts: { passed: 1, failed: 0, skipped: 0 }, milliseconds: 4200 },
      { title: 'Unit tests', counts: { passed: 3, failed: 1, skipped: 0 }, milliseconds: 61_000 },
    ])
    expect(table.split('\n').map((line) => line.replaceAll(/ +/g, ' '))).toEqual([
      ' ✓ Lint 1 passed, 0 failed 4.2 s',
      ' ✗ Unit tests 3 passed, 1 failed 1 min 01 s',
    ])
  })
})

describe('stages', () => {
  const stage = (/** @type {string} */ title, beside = false) => ({
    group: title,
    title,
    program: '',
    parameters: [],
    beside,
  })

  it.each([
    ['alone', [stage('a'), stage('b')], [['a'], ['b']]],
    ['beside each other', [stage('a', true), stage('b', true), stage('c')], [['a', 'b'], ['c']]],
    ['apart', [stage('a', true), stage('b'), stage('c', true)], [['a'], ['b'], ['c']]],
    ['none', [], []],
  ])('run %s', (_, stages, expected) => {
    expect(stagesAtOnce(stages).map((batch) => batch.map(({ title }) => title))).toEqual(expected)
  })
})
