import { useTimeoutFn } from '@vueuse/core'
import { inject, provide, shallowRef, type InjectionKey, type ShallowRef } from 'vue'
import { reachable } from '@shared/network/edit'
import { useDocumentStore } from '@/stores/document'

/** The card that is being looked at, and every card that what it puts out reaches, itself included. */
export interface Sight {
  readonly node: string
  readonly reaches: ReadonlySet<string>
}

const key: InjectionKey<Readonly<ShallowRef<Sight | null>>> = Symbol('sight')

/** The pointer rests so long on a card before the others step back: one that only passes by changes nothing. */
const rest = 350

/** Follows the pointer over the cards. */
export function provideSight() {
  const store = useDocumentStore()
  const sight = shallowRef<Sight | null>(null)
  const wanted = shallowRef<string | null>(null)
  const timer = useTimeoutFn(look, rest, { immediate: false })
  provide(key, sight)

  function look(): void {
    const node = wanted.value
    const known = node !== null && store.surface.nodes.some(({ id }) => id === node)
    sight.value = known ? { node, reaches: reachable(store.surface, node) } : null
  }

  return {
    /** The pointer came onto a card. */
    enter(node: string): void {
      wanted.value = node
      if (sight.value) look()
      else timer.start()
    },
    /** The pointer left, or is about to do something. */
    leave(): void {
      wanted.value = null
      timer.stop()
      sight.value = null
    },
  }
}

/** What is being looked at; null: nothing, or there is no canvas. */
export function useSight(): Readonly<ShallowRef<Sight | null>> {
  return inject(key, shallowRef(null), false)
}
