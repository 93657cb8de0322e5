// @ts-check
import { describe, expect, it } from 'vitest'
import { cacheFolder } from './paths.mjs'

describe('cacheFolder', () => {
  it.each([
    ['linux', {}, '/home/ada/.cache/patchwork'],
    ['linux', { XDG_CACHE_HOME: '/big' }, '/big/patchwork'],
    ['linux', { XDG_CACHE_HOME: '/big', PATCHWORK_CACHE: '/own' }, '/own/patchwork'],
    ['darwin', { XDG_CACHE_HOME: '/big' }, '/home/ada/Library/Caches/patchwork'],
    ['linux', { PATCHWORK_CACHE: '' }, '/home/ada/.cache/patchwork'],
  ])('%s %o', (platform, env, folder) => {
    expect(cacheFolder(env, /** @type {NodeJS.Platform} */ (platform), '/home/ada')).toBe(folder)
  })

  it('follows LOCALAPPDATA on Windows', () => {
    const folder = cacheFolder({ LOCALAPPDATA: 'local' }, 'win32', 'home')
    expect(folder.split(/[\\/]/)).toEqual(['local', 'patchwork', 'Cache'])
  })
})
