import { computed, type ComputedRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { check, type DataFit } from '@shared/network/check'
import type { NetworkDocument } from '@shared/network/document'
import { problemTexts } from '@shared/network/problem-text'
import {
  templateGroups,
  templateNetwork,
  templates,
  type Template,
  type TemplateGroup,
} from '@shared/network/templates'
import { totals, walk, type NetworkTotals } from '@shared/network/walk'
import { useDatasetStore } from '@/stores/dataset'

/** A network of the gallery, fitted to the data that is open where it takes such samples. */
export interface GalleryEntry extends Pick<Template, 'name' | 'group' | 'section'> {
  readonly network: NetworkDocument
  readonly sums: NetworkTotals
  readonly parameters: number
}

export interface GalleryShelf {
  readonly group: TemplateGroup
  readonly entries: readonly GalleryEntry[]
}

/** What the digits that come with the program ask of a network. */
const digits: DataFit = { shape: [28, 28, 1], classes: 10 }

/** The gallery's shelves, and whether a network can train on the data at hand. */
export function useGallery() {
  const { t } = useI18n()
  const dataset = useDatasetStore()

  const shelves: ComputedRef<readonly GalleryShelf[]> = computed(() =>
    templateGroups.map((group) => ({
      group,
      entries: templates.filter((template) => template.group === group).flatMap(entryOf),
    })),
  )

  function entryOf({ name, group, section }: Template): GalleryEntry[] {
    const network = templateNetwork(name, dataset.fit)
    if (!network) return []
    const sums = totals(walk(network))
    return [{ name, group, section, network, sums, parameters: sums.trainable + sums.frozen }]
  }

  /** A network fitted to the digits that ship, where nothing is open and it can train on them; else null. */
  function onDigits({ name }: GalleryEntry): NetworkDocument | null {
    if (dataset.fit) return null
    const network = templateNetwork(name, digits)
    return network && check(network, walk(network), digits).length === 0 ? network : null
  }

  /** Whether a network can train on what is open or, with nothing open, on the digits that ship; and if not, why. */
  function suits(entry: GalleryEntry): { readonly good: boolean; readonly text: string } | null {
    const { fit, summary } = dataset
    if (!fit || !summary) return onDigits(entry) ? { good: true, text: t('gallery.fitsSample') } : null
    const problems = check(entry.network, walk(entry.network), fit)
    if (problems.length === 0) return { good: true, text: t('gallery.fits', { data: summary.title }) }
    const [first] = problemTexts(entry.network, problems.slice(0, 1), (key, params = {}) => t(key, { ...params }))
    return first ? { good: false, text: first.text } : null
  }

  return { shelves, suits, onDigits, openDigits: () => dataset.open({ kind: 'sample', id: 'mnist' }) }
}
