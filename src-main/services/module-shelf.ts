import { AppError } from '@shared/ipc/errors'
import type { Piece } from '@shared/network/fragment'
import type { ModuleShelf } from '@shared/project/module-shelf'
import type { Stored } from './stored'

/** How many modules are kept at most, so that reading them stays quick. */
export const mostKept = 500

export interface KeptModules {
  read(): ModuleShelf
  /** Keeps a module, in place of one of the same name. */
  keep(name: string, piece: Piece): ModuleShelf
  rename(name: string, next: string): ModuleShelf
  forget(name: string): ModuleShelf
}

/** The modules that are kept for all projects. */
export function createKeptModules(kept: Stored<ModuleShelf>): KeptModules {
  function write(modules: ModuleShelf['modules']): ModuleShelf {
    const shelf: ModuleShelf = { version: 1, modules }
    kept.write(shelf)
    return shelf
  }

  return {
    read: () => kept.read(),
    keep(name, piece) {
      const { modules } = kept.read()
      const at = modules.findIndex((module) => module.name === name)
      if (at >= 0) return write(modules.with(at, { name, piece }))
      if (modules.length >= mostKept) throw new AppError('too-many-modules', { most: mostKept })
      return write([...modules, { name, piece }])
    },
    rename(name, next) {
      const { modules } = kept.read()
      if (name !== next && modules.some((module) => module.name === next))
        throw new AppError('module-name-taken', { name: next })
      return write(modules.map((module) => (module.name === name ? { ...module, name: next } : module)))
    },
    forget: (name) => write(kept.read().modules.filter((module) => module.name !== name)),
  }
}
