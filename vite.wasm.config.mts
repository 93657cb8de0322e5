import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'

const mark = '?wasm'
const root = fileURLToPath(new URL('.', import.meta.url))

/** `asc` puts code together from all over its library; of these choices none needs anything from outside the module. */
const options = ['--runtime', 'stub', '--enable', 'simd', '--use', 'abort=', '-O3', '--converge']

/** What was compiled in this process, and of which sources: bundles, threads and test projects ask one after another. */
const compiled = new Map<string, { readonly sources: string; readonly base64: Promise<string> }>()

/**
 * `import code from './assembly/index.ts?wasm'` gives AssemblyScript, compiled to one WebAssembly module, as base64. It
 * is made at each build and lies within what is built: there is no file to be kept up to date, or to be found at run time.
 */
export function wasmCode(): Plugin {
  return {
    name: 'wasm-code',
    enforce: 'pre',
    async resolveId(source, importer) {
      if (!source.endsWith(mark)) return null
      const module = await this.resolve(source.slice(0, -mark.length), importer, { skipSelf: true })
      return module && `${module.id}${mark}`
    },
    async load(id) {
      if (!id.endsWith(mark)) return null
      for (const file of sourcesOf(id)) this.addWatchFile(file)
      return `export default ${JSON.stringify(await compileOnce(id.slice(0, -mark.length)))}`
    },
  }
}

/** The files that a module is made of: itself, or all that lies beside the entry of AssemblyScript. */
export function sourcesOf(id: string): string[] {
  if (!id.endsWith(mark)) return [id]
  const folder = dirname(id)
  const names = readdirSync(folder).filter((name) => name.endsWith('.ts'))
  return names.sort().map((name) => join(folder, name))
}

function compileOnce(entry: string): Promise<string> {
  const sources = sourcesOf(`${entry}${mark}`)
    .map((file) => readFileSync(file, 'utf8'))
    .join('\0')
  const known = compiled.get(entry)
  if (known?.sources === sources) return known.base64
  const base64 = compile(entry)
  compiled.set(entry, { sources, base64 })
  return base64
}

async function compile(entry: string): Promise<string> {
  // Most processes that read this configuration compile nothing.
  const asc = await import('assemblyscript/asc')
  const name = relative(root, entry)
  const said = asc.createMemoryStream()
  let code: Uint8Array | undefined
  const { error } = await asc.main([name, '--baseDir', root, '--outFile', 'code.wasm', ...options], {
    stdout: said,
    stderr: said,
    writeFile: (_name, contents) => {
      code = Buffer.from(contents)
    },
  })
  if (error || !code) throw new Error(`${name} cannot be compiled\n${said.toString()}`, { cause: error })
  return Buffer.from(code).toString('base64')
}
