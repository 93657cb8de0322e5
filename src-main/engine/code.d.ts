/** The code of a thread, by the plugin in vite.thread.config.mts. */
declare module '*?thread' {
  const code: string
  export default code
}

/** A WebAssembly module as base64, by the plugin in vite.wasm.config.mts. */
declare module '*?wasm' {
  const base64: string
  export default base64
}

/** What is used of WebAssembly: its types come with those of browsers, which are not for code of Node. */
declare namespace WebAssembly {
  class Module {
    constructor(bytes: Uint8Array)
  }
  class Instance {
    constructor(module: Module)
    readonly exports: object
  }
  class Memory {
    readonly buffer: ArrayBuffer
  }
  class RuntimeError extends Error {}
}
