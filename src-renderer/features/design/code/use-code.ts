import { refDebounced } from '@vueuse/core'
import { computed, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import type { NetworkDocument } from '@shared/network/document'
import type { Translate } from '@shared/network/names'
import { codeText } from '@shared/network/code/code-text'
import type { CodeLine } from '@shared/network/code/plan'
import { kerasCode } from '@shared/network/code/python'
import { tfjsCode } from '@shared/network/code/typescript'
import type { NodeFacts } from '@shared/network/walk'
import { useDocumentStore } from '@/stores/document'
import type { Language } from './highlight'

/** How long the code waits for the next edit, in milliseconds. */
const rest = 150

/** The frameworks that a network is written for. */
export const frameworks = ['keras', 'tfjs'] as const
export type Framework = (typeof frameworks)[number]

type Facts = ReadonlyMap<string, NodeFacts>

interface Written {
  readonly language: Language
  /** The name that is proposed for a file. */
  readonly file: string
  readonly write: (network: NetworkDocument, translate: Translate, facts: Facts) => readonly CodeLine[]
}

export const written: Readonly<Record<Framework, Written>> = {
  keras: { language: 'python', file: 'network.py', write: kerasCode },
  tfjs: { language: 'typescript', file: 'network.ts', write: tfjsCode },
}

/** The network as code, a moment behind its edits; `text` is up to date. */
export function useCode(framework: Ref<Framework>) {
  const store = useDocumentStore()
  const { t } = useI18n()
  const translate: Translate = (key, params = {}) => t(key, params)
  const drawn = computed(() => ({ network: store.network, facts: store.facts }))
  const shown = refDebounced(drawn, rest, { maxWait: 4 * rest })

  const write = ({ network, facts }: { network: NetworkDocument; facts: Facts }) =>
    written[framework.value].write(network, translate, facts)

  return { lines: computed(() => write(shown.value)), text: () => codeText(write(drawn.value)) }
}
