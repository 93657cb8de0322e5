import { computed, type ComputedRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { sampleFits, sampleSets, type DatasetSource } from '@shared/data/dataset'
import { check } from '@shared/network/check'
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
import { useSourceTitle } from '@/composables/use-source-title'
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

/** A sample set that ships, with a network fitted to it. */
export interface WithSample {
  readonly source: DatasetSource
  /** What the set is called. */
  readonly title: string
  readonly network: NetworkDocument
}

/** The gallery's shelves, and whether a network can train on the data at hand. */
export function useGallery() {
  const { t } = useI18n()
  const dataset = useDatasetStore()
  const titleOf = useSourceTitle()

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

  /** Of the sets that ship the first that a network can train on, where nothing is open; else null. */
  function onSample({ name }: GalleryEntry): WithSample | null {
    if (dataset.fit) return null
    for (const id of sampleSets) {
      const fit = sampleFits[id]
      const network = templateNetwork(name, fit)
      if (!network || check(network, walk(network), fit).length > 0) continue
      const source = { kind: 'sample', id } as const
      return { source, title: titleOf(source), network }
    }
    return null
  }

  /** Whether a network can train on what is open or, with nothing open, on a set that ships; and if not, why. */
  function suits(entry: GalleryEntry): { readonly good: boolean; readonly text: string } | null {
    const { fit, summary } = dataset
    if (!fit || !summary) {
      const sample = onSample(entry)
      return sample && { good: true, text: t('gallery.fitsSample', { data: sample.title }) }
    }
    const problems = check(entry.network, walk(entry.network), fit)
    if (problems.length === 0) return { good: true, text: t('gallery.fits', { data: summary.title }) }
    const [first] = problemTexts(entry.network, problems.slice(0, 1), (key, params = {}) => t(key, { ...params }))
    return first ? { good: false, text: first.text } : null
  }

  return { shelves, suits, onSample, openSample: ({ source }: WithSample) => dataset.open(source) }
}
