import type { Piece } from '@shared/network/fragment'
import type { KeptModule } from '@shared/project/module-shelf'
import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { api } from '@/api'
import { useNoticesStore } from './notices'

/** The modules that are kept for all projects, by name. */
export const useModuleShelfStore = defineStore('moduleShelf', () => {
  const kept = shallowRef<readonly KeptModule[]>([])

  async function follow(call: () => Promise<{ readonly modules: readonly KeptModule[] }>): Promise<boolean> {
    const shelf = await useNoticesStore().attempt(call)
    if (shelf) kept.value = shelf.modules
    return shelf !== undefined
  }

  return {
    kept,
    load: () => follow(() => api.readModules({})),
    /** Keeps a module, in place of one of the same name, and says so. */
    async keep(name: string, piece: Piece): Promise<void> {
      if (await follow(() => api.keepModule({ name, piece }))) useNoticesStore().done('modules.kept', { name })
    },
    rename: (name: string, next: string) => follow(() => api.renameModule({ name, next })),
    forget: (name: string) => follow(() => api.forgetModule({ name })),
  }
})
