import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { useTemporaryFolder } from '../../testing/temporary-folder'
import { Videos } from './videos'

const folder = useTemporaryFolder()
const webm = Buffer.from('\x1a\x45\xdf\xa3 and more', 'latin1')
const mp4 = Buffer.from('\0\0\0\x18ftypisom\0\0\0\0', 'latin1')

describe('videos', () => {
  it('are found by what they begin with, with their class, and handed out by number', async () => {
    const root = await folder()
    for (const name of ['run', 'walk']) await mkdir(join(root, name))
    await writeFile(join(root, 'run', '1.bin'), webm)
    await writeFile(join(root, 'walk', '1.mp4'), mp4)
    await writeFile(join(root, 'walk', '2.mp4'), 'words')
    const videos = new Videos()
    expect(await videos.find([root])).toEqual([
      { number: 0, file: 'run/1.bin', label: 'run', bytes: webm.length },
      { number: 1, file: 'walk/1.mp4', label: 'walk', bytes: mp4.length },
    ])
    expect(Buffer.from(await videos.read(0))).toEqual(webm)
    await expect(videos.read(2)).rejects.toMatchObject({ code: 'video-unknown' })
    await writeFile(join(root, 'walk', '1.mp4'), 'other words')
    await expect(videos.read(1)).rejects.toMatchObject({ code: 'video-not-read' })
    expect(await videos.find([join(root, 'walk')])).toEqual([])
    await expect(videos.read(0)).rejects.toMatchObject({ code: 'video-unknown' })
  })

  it('that lie beside each other have no class', async () => {
    const root = await folder()
    await writeFile(join(root, 'a.mp4'), mp4)
    expect(await new Videos().find([join(root, 'a.mp4')])).toEqual([
      { number: 0, file: 'a.mp4', label: null, bytes: mp4.length },
    ])
  })
})
