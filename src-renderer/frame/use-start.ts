import { readonly, shallowRef, type ShallowRef } from 'vue'
import { useEngineStore } from '@/stores/engine'
import { useLayoutStore } from '@/stores/layout'
import { useNoticesStore } from '@/stores/notices'
import { useProgramStore } from '@/stores/program'
import { useProjectStore } from '@/stores/project'
import { useRunsStore } from '@/stores/runs'

/** The window's start: everything that follows the main process, and the project of the last time. */
export function useStart(): {
  /** The project is on screen, or it is known that it cannot be. */
  readonly ready: Readonly<ShallowRef<boolean>>
  begin(): Promise<void>
  end(): void
} {
  const notices = useNoticesStore()
  const engine = useEngineStore()
  const project = useProjectStore()
  const runs = useRunsStore()
  const program = useProgramStore()
  const layout = useLayoutStore()
  const ready = shallowRef(false)
  const stops: (() => void)[] = []
  let over = false

  function keep(stop: (() => void) | undefined): void {
    if (stop && over) stop()
    else if (stop) stops.push(stop)
  }

  async function begin(): Promise<void> {
    window.addEventListener('error', hearError)
    window.addEventListener('unhandledrejection', hearRejection)
    window.addEventListener('beforeunload', keepLayout)
    keep(program.followProblems())
    keep(runs.load())
    const engineLoaded = notices.attempt(() => engine.load()).then(keep)
    keep(await notices.attempt(() => project.load()))
    ready.value = true
    await engineLoaded
  }

  /** An error that nothing caught: the window stays, the person hears of it, the log has the details. */
  function tell(thrown: unknown): void {
    notices.fail(thrown)
    void program.reportError(thrown)
  }

  function hearError(event: ErrorEvent): void {
    // Browsers report a harmless coalescing of size observations this way.
    if (event.message.startsWith('ResizeObserver loop')) return
    tell(event.error ?? event.message)
  }

  function hearRejection(event: PromiseRejectionEvent): void {
    tell(event.reason)
  }

  /** Panels that were moved a moment ago stay where they are, too. */
  function keepLayout(): void {
    void layout.flush()
  }

  function end(): void {
    over = true
    window.removeEventListener('error', hearError)
    window.removeEventListener('unhandledrejection', hearRejection)
    window.removeEventListener('beforeunload', keepLayout)
    stops.splice(0).forEach((stop) => stop())
  }

  return { ready: readonly(ready), begin, end }
}
