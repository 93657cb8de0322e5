import type { BranchStep } from '../chain'

/** The two shelves of the gallery: what the article draws, and networks that people know by name. */
export const templateGroups = ['article', 'known'] as const
export type TemplateGroup = (typeof templateGroups)[number]

/** The article's sections that networks belong to; their names stand under `templates.sections`. */
export type ArticleSection = 'introduction' | 'structure' | 'results'

/**
 * A network to start from. Its texts stand in the message files under `templates.networks.<name>`: `title`, `text` (one
 * line), `note` (what to see in it) and `passage` (where the article speaks of it).
 */
export interface Template {
  readonly name: string
  readonly group: TemplateGroup
  readonly section: ArticleSection
  /** The layers from the input to the last one. */
  readonly steps: readonly BranchStep[]
}
