// @ts-check
import { describe, expect, it } from 'vitest'
import { hasTime64Packages, missingLibraries, packagesFor } from './system-libraries.mjs'

describe('missingLibraries', () => {
  it('reads what ldd did not find, once each', () => {
    const output = [
      '\tlinux-vdso.so.1 (0x00007ffd5a1d0000)',
      '\tlibffmpeg.so => /opt/electron/libffmpeg.so (0x00007f0c1a200000)',
      '\tlibgtk-3.so.0 => not found',
      '\tlibnss3.so => not found',
      '\tlibgtk-3.so.0 => not found',
      '\tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f0c19e1f000)',
    ].join('\n')
    expect(missingLibraries(output)).toEqual(['libgtk-3.so.0', 'libnss3.so'])
  })

  it('finds nothing where nothing is missing', () => {
    expect(missingLibraries('\tstatically linked\n')).toEqual([])
  })
})

describe('packagesFor', () => {
  it.each([
    [['libgtk-3.so.0'], false, ['libgtk-3-0']],
    [['libgtk-3.so.0'], true, ['libgtk-3-0t64']],
    [['libasound.so.2', 'libgbm.so.1'], true, ['libasound2t64', 'libgbm1']],
    [['libnss3.so', 'libnssutil3.so', 'libsmime3.so'], false, ['libnss3']],
    [['libXss.so.1', 'libXtst.so.6'], true, ['libxss1', 'libxtst6']],
    [['libxcb.so.1', 'libxcb-dri3.so.0'], false, ['libxcb-dri3-0', 'libxcb1']],
    [[], false, []],
  ])('%o (t64: %s)', (libraries, time64, packages) => {
    expect(packagesFor(libraries, time64)).toEqual({ packages, unknown: [] })
  })

  it('names a library that it knows no package for', () => {
    expect(packagesFor(['libgbm.so.1', 'libgbmx.so.1'], false)).toEqual({
      packages: ['libgbm1'],
      unknown: ['libgbmx.so.1'],
    })
  })
})

describe('hasTime64Packages', () => {
  it.each([
    ['ID=debian\nVERSION_ID="12"\n', false],
    ['ID=debian\nVERSION_ID="13"\n', true],
    ['NAME="Debian GNU/Linux"\nID=debian\nVERSION_CODENAME=forky\n', true],
    ['ID=ubuntu\nVERSION_ID="22.04"\n', false],
    ['ID=ubuntu\nVERSION_ID="24.04"\n', true],
    ['ID=fedora\nVERSION_ID=41\n', false],
    ['', false],
  ])('%j: %s', (release, time64) => {
    expect(hasTime64Packages(release)).toBe(time64)
  })
})
