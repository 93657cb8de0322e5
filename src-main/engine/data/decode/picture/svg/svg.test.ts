import { describe, expect, it } from 'vitest'
import { decodedValues, refusalOf } from '../../../../testing/decoded'

const open = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
const drawing = (inside: string, size = 'width="8" height="4"') => Buffer.from(`${open} ${size}>${inside}</svg>`)
const half = '<rect width="4" height="4" fill="#c86432"/>'

describe('a drawing', () => {
  it('comes in at its own size, with alpha where it is clear', async () => {
    const { shape, values } = await decodedValues(drawing(half))
    expect(shape).toEqual([4, 8, 4])
    const row = [...new Array(4).fill([200, 100, 50, 255]), ...new Array(4).fill([0, 0, 0, 0])].flat()
    expect(Array.from(values)).toEqual([...row, ...row, ...row, ...row])
  })

  it('that covers its ground is RGB', async () => {
    const { shape } = await decodedValues(drawing(`<rect width="8" height="4" fill="white"/>${half}`))
    expect(shape).toEqual([4, 8, 3])
  })

  it.each([
    ['width="8px" height="4px"', [4, 8]],
    ['width="1in" height="48pt"', [64, 96]],
    ['width="25.4mm"  height="2.54cm"', [96, 96]],
    ['viewBox="0 0 20 10"', [10, 20]],
    ['width="100%" height="100%" viewBox="-5,-5,6,3"', [3, 6]],
    ['width="300%" height="50%" viewBox="0 0 6 4"', [2, 18]],
    ['width="40.4" height="20.6"', [21, 40]],
    ['width="40" viewBox="0 0 20 10"', [20, 40]],
    ['height="40" viewBox="0 0 20 10"', [40, 80]],
  ])('of the size %s', async (size, expected) => {
    expect((await decodedValues(drawing(half, size))).shape.slice(0, 2)).toEqual(expected)
  })

  it('may begin with much that is no drawing', async () => {
    const before =
      '\uFEFF<?xml version="1.0"?>\n<!-- a <svg> -->\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd">\n'
    const { shape } = await decodedValues(Buffer.concat([Buffer.from(before), drawing(half)]))
    expect(shape).toEqual([4, 8, 4])
  })

  it('with text has a note', async () => {
    const { notes } = await decodedValues(drawing(`${half}<text x="1" y="3" font-size="3">a</text>`))
    expect(notes.map(({ code }) => code)).toEqual(['svg-text'])
  })

  it('may reuse its own parts and link to pages', async () => {
    const inside = `<defs><g id="a">${half}</g></defs><use xlink:href="#a"/><a href="https://example.org/">${half}</a>`
    expect((await decodedValues(drawing(inside))).shape).toEqual([4, 8, 4])
  })
})

describe('what is refused', () => {
  it.each([
    ['a file', '<image href="file:///etc/hostname" width="4" height="4"/>'],
    ['a file by its path', '<image xlink:href="/tmp/it.png" width="4" height="4"/>'],
    ['a neighbour', "<image href='it.png' width='4' height='4'/>"],
    ['a page', '<image href="https://example.org/it.png"/>'],
    ['a path in disguise', '<image href="&#x2f;tmp&#47;it.png"/>'],
    ['another drawing', '<use href="other.svg#a"/>'],
    ['a drawing inside', '<image href="data:image/svg+xml;base64,PHN2Zy8+"/>'],
    ['a picture by a style', '<rect style="fill:url(it.svg#a)"/>'],
    ['a style sheet', '<style>@import "it.css";</style>'],
    ['a font', '<style>@font-face { src: url( "it.ttf" ) }</style>'],
    ["a filter's picture", '<filter id="f"><feImage href="it.png"/></filter>'],
    ['another prefix', '<image xmlns:q="http://www.w3.org/1999/xlink" q:href="it.png"/>'],
  ])('%s from outside', async (_what, inside) => {
    expect(await refusalOf(drawing(inside))).toMatchObject({ code: 'svg-outside', outcome: 'refused' })
  })

  it('entities', async () => {
    const text = `<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>${drawing('<text>&b;</text>')}`
    expect((await refusalOf(Buffer.from(text))).code).toMatch(/svg-outside|is-text/)
    const simple = `<!DOCTYPE svg SYSTEM "x" [ <!ENTITY a SYSTEM "file:///etc/hostname"> ]>${drawing('<text>&a;</text>')}`
    expect((await refusalOf(Buffer.from(simple), 'it.svg')).code).toMatch(/svg-outside|is-text/)
  })

  it('a drawing behind what looks like a comment', async () => {
    const inside = '<![CDATA[<!--]]><image href="it.png"/><![CDATA[-->]]>'
    expect((await refusalOf(drawing(inside))).code).toBe('svg-outside')
  })

  it('copies of copies of copies', async () => {
    const levels = Array.from({ length: 8 }, (_, n) => {
      const copies = `<use href="#l${n}"/>`.repeat(10)
      return `<g id="l${n + 1}">${copies}</g>`
    })
    const inside = `<g id="l0">${half}</g>${levels.join('')}<use href="#l8"/>`
    expect((await refusalOf(drawing(inside))).code).toBe('svg-too-complex')
  })

  it.each([
    ['without a size', drawing(half, ''), 'svg-no-size'],
    ['of a share of nothing', drawing(half, 'width="100%" height="100%"'), 'svg-no-size'],
    ['of a size in disguise', drawing(half, 'width="9" height="&#57;99999" viewBox="0 0 4 4"'), 'svg-no-size'],
    ['of a size in letters', drawing(half, 'width="10em" height="4"'), 'svg-no-size'],
    ['of a share that is huge', drawing(half, 'width="1000000%" height="4" viewBox="0 0 10 10"'), 'too-many-pixels'],
    ['too large', drawing(half, 'width="100000" height="100000"'), 'too-many-pixels'],
    ['too long', drawing(half, 'width="100000" height="1"'), 'too-many-pixels'],
    ['cut', drawing(half).subarray(0, 100), 'damaged'],
    ['that is no UTF-8', Buffer.concat([drawing(half), Buffer.from([0xff, 0xfe])]), 'format-not-read'],
  ])('a drawing %s', async (_what, bytes, code) => {
    expect((await refusalOf(bytes)).code).toBe(code)
  })
})
