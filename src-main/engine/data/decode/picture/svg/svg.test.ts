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

  it.each([' ', '\n', '<?a?>', '<!---->'])('is looked for behind any number of %j', async (one) => {
    const begun = performance.now()
    const flood = one.repeat(Math.floor(4000 / one.length))
    expect((await refusalOf(Buffer.from(flood))).code).not.toBe('damaged')
    expect((await decodedValues(Buffer.concat([Buffer.from(one.repeat(50)), drawing(half)]))).shape).toEqual([4, 8, 4])
    expect(performance.now() - begun).toBeLessThan(1000)
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

  const levels = (count: number, level: (n: number) => string) =>
    Array.from({ length: count }, (_, n) => level(n)).join('')
  const mask = (n: number, inside: string) => `<mask id="m${n}" width="8" height="4">${inside}</mask>`
  const white = (more: string) => `<rect width="8" height="4" fill="white" ${more}/>`
  it.each([
    [
      'copies of copies of copies',
      `<g id="l0">${half}</g>${levels(8, (n) => `<g id="l${n + 1}">${`<use href="#l${n}"/>`.repeat(10)}</g>`)}<use href="#l8"/>`,
    ],
    ['masks of masks of masks', levels(6, (n) => mask(n, white(n > 0 ? `mask="url(#m${n - 1})"` : '').repeat(4)))],
    [
      'patterns of patterns by a style',
      `<style>.a{fill:url(#p0)}.b{fill:url(#p1)}.c{fill:url(#p2)}.d{fill:url(#p3)}</style>${levels(
        5,
        (n) =>
          `<pattern id="p${n}" width="2" height="2">${`<path class="${' abcd'[n]}" d="M0 0L1 1Z"/>`.repeat(12)}</pattern>`,
      )}`,
    ],
    ['a layer for each element', `<style>path{opacity:.5}</style>${'<path d="M0 0L1 1Z"/>'.repeat(300)}`],
    ['deep nesting', `${'<g>'.repeat(300)}${half}${'</g>'.repeat(300)}`],
    ['deep nesting behind a comment', `${'<g><!-- </g> -->'.repeat(300)}${half}${'</g>'.repeat(300)}`],
    ['a great many elements', half.repeat(11_000)],
  ])('%s', async (_what, inside) => {
    expect((await refusalOf(drawing(inside))).code).toBe('svg-too-complex')
  })

  it.each(['feTurbulence numOctaves="99"', 'feMorphology radius="99"', 'feConvolveMatrix order="99"'])(
    'the filter %s',
    async (filter) => {
      expect((await refusalOf(drawing(`<filter id="f"><${filter}/></filter>${half}`))).code).toBe('svg-filter')
    },
  )

  it('but no drawing as people make them', async () => {
    const shadow =
      '<filter id="f"><feGaussianBlur stdDeviation="1"/><feOffset dx="1"/><feMerge><feMergeNode/></feMerge></filter>'
    const gradient = '<linearGradient id="g"><stop offset="0" stop-color="red"/><stop offset="1"/></linearGradient>'
    const style = '<style>.st0{fill:url(#g);opacity:0.5} .st1{clip-path:url(#c)}</style>'
    const clip = '<clipPath id="c"><rect width="6" height="4"/></clipPath>'
    const inside = `${style}${shadow}${gradient}${clip}${'<path class="st0 st1" d="M0 0L9 3L3 9Z"/>'.repeat(40)}<g filter="url(#f)">${half}</g>`
    expect((await decodedValues(drawing(inside))).shape).toEqual([4, 8, 4])
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
