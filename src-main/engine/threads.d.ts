/** The code of a thread, by the plugin in vite.thread.config.mts. */
declare module '*?thread' {
  const code: string
  export default code
}
