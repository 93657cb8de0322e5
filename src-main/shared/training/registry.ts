import type { OptimizerKind } from './define'

const files = import.meta.glob<OptimizerKind>('./optimizers/*.ts', { eager: true, import: 'default' })

/** Every optimizer by its name. A file in `optimizers/` is registered by existing. */
export const optimizerKinds: ReadonlyMap<string, OptimizerKind> = new Map(
  Object.values(files).map((kind) => [kind.kind, kind]),
)
