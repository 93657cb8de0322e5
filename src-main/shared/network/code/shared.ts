import { sharedId } from './names'
import type { CodeStep } from './plan'

/** How a step calls its layer, and what must be written in front of that. */
export interface Called {
  /** The layer as it is made, for a variable, where this is the first of several steps that call it. */
  readonly made?: { readonly variable: string; readonly text: string }
  readonly called: string
}

/**
 * Lets a layer that several steps call be made once. The returned function is given the steps in order, each with its
 * layer as it would be made without a name and with one.
 */
export function makingOnce(
  variables: ReadonlyMap<string, string>,
): (step: Pick<CodeStep, 'shared'>, plain: string, named: string) => Called {
  const made = new Map<string, string>()
  return ({ shared }, plain, named) => {
    const variable = shared === undefined ? undefined : variables.get(sharedId(shared))
    if (variable === undefined) return { called: named }
    const before = made.get(variable)
    // Layers without weights may be written in another way for another shape: then each is made.
    if (before !== undefined) return { called: before === plain ? variable : plain }
    made.set(variable, plain)
    return { made: { variable, text: named }, called: variable }
  }
}
