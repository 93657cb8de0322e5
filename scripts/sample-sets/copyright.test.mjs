// @ts-check
import { describe, expect, it } from 'vitest'
import { holderOf, readCopyright } from './copyright.mjs'

describe('copyright files', () => {
  const text = `Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/

Files: *
Copyright: 2001, Ann
License: GPL-2+

Files: *.ogg
       music/*
Copyright: 2010-2016, Bea (bea) [e-mail left out],
           Red Hat, Inc.
           2012 Cem
License: CC-BY-SA-3.0
Comment: all of it

Files: music/a?b.ogg
Copyright: Dov
License: CC0-1.0

License: GPL-2+
 On Debian systems
`

  it.each([
    ['src/main.c', 'GPL-2+', 'Ann'],
    ['sounds/x.ogg', 'CC-BY-SA-3.0', 'Bea (bea); Red Hat, Inc.; Cem'],
    ['music/deep/y.wav', 'CC-BY-SA-3.0', 'Bea (bea); Red Hat, Inc.; Cem'],
    ['music/a b.ogg', 'CC0-1.0', 'Dov'],
    ['music/a--b.ogg', 'CC-BY-SA-3.0', 'Bea (bea); Red Hat, Inc.; Cem'],
  ])('tell whose %s is', (path, licence, authors) => {
    expect(holderOf(readCopyright(text), path)).toMatchObject({ licence, authors })
  })
})
