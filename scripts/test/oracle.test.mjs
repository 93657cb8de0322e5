// @ts-check
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createReport } from '../setup/report.mjs'
import { findOracle, provideOracle } from './oracle.mjs'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'patchwork-oracle-'))
  mkdirSync(join(folder, 'programs'))
  vi.stubEnv('PATCHWORK_CACHE', folder)
  vi.stubEnv('PATCHWORK_ORACLE', '')
  vi.stubEnv('PATH', join(folder, 'programs'))
  vi.spyOn(process.stdout, 'write').mockReturnValue(true)
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
})

const provide = () => provideOracle(createReport(process.stdout))

/**
 * A program that answers as a Python of some version would, with a pip that reaches nothing.
 * @param {string} version
 */
function fakePython(version) {
  const path = join(folder, 'programs', 'python3')
  const pip = `case "$3" in --version) echo "pip 25" ;; *) echo "ERROR: no network"; exit 1 ;; esac`
  writeFileSync(path, `#!/bin/sh\ncase "$1" in -c) echo ${version} ;; *) ${pip} ;; esac\n`)
  chmodSync(path, 0o755)
}

describe('the oracle', () => {
  it('is the Python that is named, where it exists', async () => {
    vi.stubEnv('PATCHWORK_ORACLE', process.execPath)
    expect(findOracle()).toBe(process.execPath)
    expect(await provide()).toEqual({ python: process.execPath })
  })

  it('is nowhere in an empty cache', () => {
    expect(findOracle()).toBeUndefined()
  })

  it('is gone where its Python is', () => {
    const entry = join(folder, 'patchwork', 'oracle-tensorflow-2.21.0-keras-3.12.0')
    mkdirSync(join(entry, 'bin'), { recursive: true })
    writeFileSync(join(entry, '.complete'), '')
    symlinkSync(process.execPath, join(entry, 'bin', 'python'))
    expect(findOracle()).toBe(join(entry, 'bin', 'python'))
    rmSync(join(entry, 'bin', 'python'))
    symlinkSync(join(folder, 'gone'), join(entry, 'bin', 'python'))
    expect(findOracle()).toBeUndefined()
  })

  it.runIf(process.platform === 'linux' && process.arch === 'x64').each([
    ['there is no Python', undefined, /^there is no Python 3 with pip$/],
    ['Python is too old for TensorFlow', '3.9', /has nothing for Python 3\.9$/],
    ['Python is too new for TensorFlow', '3.14', /has nothing for Python 3\.14$/],
    ['the package index cannot be reached', '3.11', /^downloading tensorflow-cpu==.*ERROR: no network/],
  ])('is missing where %s, and nothing half-made is left', async (_what, version, reason) => {
    if (version) fakePython(version)
    const answer = await provide()
    expect(answer).toEqual({ missing: expect.stringMatching(reason) })
    const cache = join(folder, 'patchwork')
    expect(existsSync(cache) ? readdirSync(cache) : []).toEqual([])
    expect(findOracle()).toBeUndefined()
  })
})
