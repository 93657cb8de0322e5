import { refDebounced } from '@vueuse/core'
import { computed, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import type { NetworkDocument } from '@shared/network/document'
import type { Translate } from '@shared/network/names'
import { codeText } from '@shared/network/code/code-text'
import type { CodeLine } from '@shared/network/code/plan'
import { kerasCode } from '@shared/network/code/python'
import { tfjsCode } from '@shared/network/code/typescript'
import { useDocumentStore } from '@/stores/document'
import type { Language } from './highlight'

/** How long the code waits for the next edit, in milliseconds. */
const rest = 150

/** The frameworks that a network is written for. */
export const frameworks = ['keras', 'tfjs'] as const
export type Framework = (typeof frameworks)[number]

interface Written {
  readonly language: Language
  readonly file: string
  readonly write: (network: NetworkDocument, translate: Translate) => readonly CodeLine[]
}

export const written: Readonly<Record<Framework, Written>> = {
  keras: { language: 'python', file: 'network.py', write: (network, translate) => kerasCode(network, translate) },
  tfjs: { language: 'typescript', file: 'network.ts', write: (network, translate) => tfjsCode(network, translate) },
}

/** The network as code, a moment behind its edits. */
export function useCode(framework: Ref<Framework>) {
  const store = useDocumentStore()
  const { t } = useI18n()
  const network = refDebounced(
    computed(() => store.network),
    rest,
    { maxWait: 4 * rest },
  )
  const lines = computed(() => written[framework.value].write(network.value, (key, params = {}) => t(key, params)))
  return {
    lines,
    text: () => codeText(written[framework.value].write(store.network, (key, params = {}) => t(key, params))),
  }
}
