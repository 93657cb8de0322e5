import { onBeforeUnmount, shallowRef } from 'vue'
import { useDocumentStore } from '@/stores/document'
import { useNoticesStore } from '@/stores/notices'
import type { DesignActions } from '../use-design-actions'
import { tidyApart } from './tidy'

/** Something that takes no longer than this is not worth being told of. */
const patience = 300

/** Placing all cards in order, off the window's thread: it can be given up, and an edit meanwhile gives it up too. */
export function useTidy(actions: DesignActions, done: () => void) {
  const store = useDocumentStore()
  const notices = useNoticesStore()
  /** It has been going on for so long that the person wants to know. */
  const slow = shallowRef(false)
  let running: AbortController | undefined

  async function tidy(): Promise<void> {
    running?.abort()
    const own = new AbortController()
    running = own
    const { network } = store
    const timer = setTimeout(() => (slow.value = running === own), patience)
    const places = await notices.attempt(() => tidyApart(network, own.signal))
    clearTimeout(timer)
    if (running !== own) return
    running = undefined
    slow.value = false
    if (!places || store.network !== network) return
    actions.tidy(places)
    done()
  }

  function cancel(): void {
    running?.abort()
  }

  onBeforeUnmount(cancel)
  return { tidy, cancel, slow }
}
