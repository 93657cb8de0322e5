import { describe, expect, it } from 'vitest'

const components = import.meta.glob<string>('../**/*.vue', { eager: true, query: '?raw', import: 'default' })
const folderOf = (path: string) => path.slice(0, path.lastIndexOf('/'))

/** The classes that styles for the whole window speak of, each with the component whose styles they are. */
const shared = Object.entries(components).flatMap(([path, text]) =>
  [...text.matchAll(/<style>([\s\S]*?)<\/style>/g)].flatMap(([, styles = '']) =>
    [...styles.matchAll(/^\.([\w-]+)/gm)].map(([, name = '']) => ({ path, name })),
  ),
)
/** The classes that a component's elements have. */
const used = Object.entries(components).map(([path, text]) => ({
  path,
  names: new Set([...text.matchAll(/\sclass="([^"]*)"/g)].flatMap(([, names = '']) => names.split(/\s+/))),
}))

describe('styles without a scope', () => {
  it('are of the kit, by their prefix, or reach no component of another folder', () => {
    const strays = shared
      .filter(({ name }) => !name.startsWith('pw-'))
      .flatMap(({ path, name }) =>
        used
          .filter((other) => folderOf(other.path) !== folderOf(path) && other.names.has(name))
          .map((other) => `.${name} of ${path} in ${other.path}`),
      )
    expect(shared.length).toBeGreaterThan(100)
    expect(strays).toEqual([])
  })
})
