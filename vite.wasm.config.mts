import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'
import { markedCode } from './vite.marked.config.mts'

const mark = '?wasm'
const root = fileURLToPath(new URL('.', import.meta.url))

/** Nothing of AssemblyScript's library gets in, nor is anything asked of who runs it: what cannot be done traps. */
const options = ['--runtime', 'stub', '--enable', 'simd', '--use', 'abort=', '-O3']

/** Where compiled modules are kept, by all that they are made of: to compile takes longer than many tests do. */
const kept = join(root, 'node_modules', '.cache', 'wasm')
const { version } = createRequire(import.meta.url)('assemblyscript/package.json')
const compiled = new Map<string, Promise<Buffer>>()

/**
 * `import code from './assembly/index.ts?wasm'` gives AssemblyScript, compiled to one WebAssembly module, as base64. It
 * is made at each build and lies within what is built: there is no file to be kept up to date, or to be found at run time.
 */
export function wasmCode(): Plugin {
  return markedCode(mark, async (entry, watch) => {
    for (const file of sourcesOf(`${entry}${mark}`)) watch(file)
    return (await compileOnce(entry)).toString('base64')
  })
}

/** The files that a module is made of: itself, or all that lies beside the entry of AssemblyScript. */
export function sourcesOf(id: string): string[] {
  if (!id.endsWith(mark)) return [id]
  const folder = dirname(id)
  const names = readdirSync(folder).filter((name) => name.endsWith('.ts'))
  return names.sort().map((name) => join(folder, name))
}

/** Bundles, threads and the projects of tests ask one after another. */
function compileOnce(entry: string): Promise<Buffer> {
  const hash = createHash('sha256').update(JSON.stringify([version, options, relative(root, entry)]))
  for (const file of sourcesOf(`${entry}${mark}`)) hash.update(`${file}\0`).update(readFileSync(file)).update('\0')
  const key = hash.digest('hex')
  const code = compiled.get(key) ?? keptOrCompiled(entry, join(kept, `${key}.wasm`))
  compiled.set(key, code)
  return code
}

async function keptOrCompiled(entry: string, path: string): Promise<Buffer> {
  const before = await readFile(path).catch(() => undefined)
  if (before) return before
  const code = await compile(entry)
  await mkdir(kept, { recursive: true })
  await writeFile(`${path}.${process.pid}`, code)
  await rename(`${path}.${process.pid}`, path)
  return code
}

async function compile(entry: string): Promise<Buffer> {
  // Most processes that read this configuration compile nothing.
  const asc = await import('assemblyscript/asc')
  const name = relative(root, entry)
  const said = asc.createMemoryStream()
  let code: Buffer | undefined
  const { error } = await asc.main([name, '--baseDir', root, '--outFile', 'code.wasm', ...options], {
    stdout: said,
    stderr: said,
    writeFile: (_name, contents) => {
      code = Buffer.from(contents)
    },
  })
  // Warnings, too, are of what a reader would take for something else.
  const text = said.toString()
  if (error || !code || text) throw new Error(`${name} cannot be compiled\n${text}`, { cause: error })
  return code
}
