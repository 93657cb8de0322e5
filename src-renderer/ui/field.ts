import { inject, provide, useId, type InjectionKey, type Ref } from 'vue'

/** What a field tells the control inside it. */
export interface FieldContext {
  readonly controlId: string
  readonly labelId: string
  /** Ids of help and error texts, for `aria-describedby`. */
  readonly describedBy: Readonly<Ref<string | undefined>>
  readonly invalid: Readonly<Ref<boolean>>
  /** A control says here why it refused an input; an empty text means that all is well. */
  readonly refuse: (reason: string) => void
}

const fieldKey: InjectionKey<FieldContext> = Symbol('field')

export function provideField(context: FieldContext): void {
  provide(fieldKey, context)
}

/** The field around a control; a control alone gets an id of its own. */
export function useField(): Partial<FieldContext> & { readonly controlId: string } {
  return inject(fieldKey, undefined) ?? { controlId: useId() }
}
