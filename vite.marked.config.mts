import type { Plugin } from 'vite'

/**
 * A plugin by which `import text from './name?mark'` gives a text that `make` makes of the module `name`. It tells `watch`
 * of every file that the text depends on.
 */
export function markedCode(
  mark: string,
  make: (entry: string, watch: (file: string) => void) => Promise<string>,
): Plugin {
  return {
    name: `marked-code${mark}`,
    enforce: 'pre',
    async resolveId(source, importer) {
      if (!source.endsWith(mark)) return null
      const module = await this.resolve(source.slice(0, -mark.length), importer, { skipSelf: true })
      return module && `${module.id}${mark}`
    },
    async load(id) {
      if (!id.endsWith(mark)) return null
      const text = await make(id.slice(0, -mark.length), (file) => this.addWatchFile(file))
      return `export default ${JSON.stringify(text)}`
    },
  }
}
