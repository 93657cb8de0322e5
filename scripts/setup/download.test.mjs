// @ts-check
import { describe, expect, it } from 'vitest'
import { announcedSize, pipDownload } from './download.mjs'

describe('announcedSize', () => {
  it.each([
    ['  Downloading tensorflow_cpu-2.21.0-cp312-cp312-manylinux_2_27_x86_64.whl (274.0 MB)', 274_000_000],
    ['Downloading a.whl (16.9 kB)\n', 16_900],
    ['Downloading a.whl (2.1 GB)', 2_100_000_000],
    ['Downloading a.whl (12 B)', 12],
    ['Saved ./a.whl', undefined],
    ['Downloading a.whl', undefined],
  ])('%j: %s', (output, size) => {
    expect(announcedSize(output)).toBe(size)
  })
})

describe('pipDownload', () => {
  it.each([
    [undefined, '--python-version 3.12 --implementation cp --abi cp312'],
    ['3.10', '--python-version 3.10 --implementation cp --abi cp310'],
  ])('asks for one wheel of a fixed platform, for Python %s, and never builds one', (python, flags) => {
    const wheel = { requirement: 'x==1', platforms: ['manylinux_2_27_x86_64'], ...(python ? { python } : {}) }
    expect(pipDownload(wheel, '/folder').join(' ')).toBe(
      '-m pip download --disable-pip-version-check --no-cache-dir --no-deps --only-binary=:all: ' +
        `${flags} --platform manylinux_2_27_x86_64 --dest /folder x==1`,
    )
  })
})
