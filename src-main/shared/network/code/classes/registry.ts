import type { OwnClass } from './define'

const files = import.meta.glob<OwnClass>(['./*.ts', '!./define.ts', '!./registry.ts'], {
  eager: true,
  import: 'default',
})

/** The classes that a framework lacks by name. A file of this folder is registered by existing. */
export const ownClasses: ReadonlyMap<string, OwnClass> = new Map(
  Object.values(files).map((own) => [own.className, own]),
)
