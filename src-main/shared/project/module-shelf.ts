import { z } from 'zod'
import { Piece } from '../network/fragment'

export const ModuleName = z.string().min(1).max(80)

/** A module that is kept for all projects: one closed module with all that is in it. */
export const KeptModule = z.object({ name: ModuleName, piece: Piece })
export type KeptModule = z.output<typeof KeptModule>

/** The modules that are kept for all projects, each name once, in the order in which they were put there. */
export const ModuleShelf = z.object({ version: z.literal(1), modules: z.array(KeptModule).max(500) })
export type ModuleShelf = z.output<typeof ModuleShelf>

/** The shelf as a file holds it: a module that is damaged is left out, and the others are kept. */
export const ModuleShelfFile = z.object({
  version: z.literal(1),
  modules: z.array(z.unknown()).transform((list) => {
    const whole = list.flatMap((one) => KeptModule.safeParse(one).data ?? [])
    const names = new Set<string>()
    return whole.filter(({ name }) => !names.has(name) && names.add(name)).slice(0, 500)
  }),
})

export const emptyModuleShelf: ModuleShelf = { version: 1, modules: [] }
