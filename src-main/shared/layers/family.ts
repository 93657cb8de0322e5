/** Kinds that do the same over other numbers of axes are of one family: each other's counterparts (network/lift.ts). */
export interface Family {
  readonly name: string
  /** How many axes with places the kind works along: one for sequences, two for pictures, three for volumes. */
  readonly axes: number
}

/** The family of a Keras class that says its number of axes, as `MaxPooling2D`. */
export function familyOf(className: string, axes: number): Family {
  return { name: className.replace(/[123]D/, ''), axes }
}
