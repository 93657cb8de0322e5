import { build, type Plugin } from 'vite'
import { aliases } from './vite.aliases.config.mts'
import { markedCode } from './vite.marked.config.mts'
import { sourcesOf, wasmCode } from './vite.wasm.config.mts'

/** What is found by path at run time, as natives and WebAssembly are: a thread gets it from where its maker would. */
const external = [/^@napi-rs\//]

/**
 * Code that has no file is in no folder either: packages are looked for from the module that its maker names as
 * `workerData.base`, a URL. Code that needs none is given none.
 */
const intro = `
const threadBase = (globalThis.require('node:worker_threads').workerData ?? {}).base;
const require = threadBase ? globalThis.require('node:module').createRequire(threadBase) : globalThis.require;
`

/**
 * `import code from './name?thread'` gives a module and all that it imports as one text of CommonJS, for
 * `new Worker(code, { eval: true })`. So a thread starts alike in the built program, on the command line and in tests,
 * whose sources Node could not run as they are; there is no file to be found at run time.
 */
export function threadCode(): Plugin {
  return markedCode('?thread', async (entry, watch) => {
    const built = await build({
      configFile: false,
      logLevel: 'warn',
      plugins: [wasmCode()],
      resolve: { alias: aliases },
      ssr: { noExternal: true },
      define: { 'import.meta.url': 'threadBase' },
      build: {
        write: false,
        target: 'node18',
        ssr: entry,
        rolldownOptions: { external, output: { format: 'cjs', codeSplitting: false, intro } },
      },
    })
    if (Array.isArray(built) || !('output' in built)) throw new Error(`${entry} gave no single bundle`)
    const [chunk] = built.output
    for (const file of chunk.moduleIds.flatMap(sourcesOf)) watch(file)
    return chunk.code
  })
}
