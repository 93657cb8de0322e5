import { AppError } from '@shared/ipc/errors'
import { check } from '@shared/network/check'
import type { NetworkDocument } from '@shared/network/document'
import { problemWords } from '@shared/network/problem-text'
import { walk } from '@shared/network/walk'

/** Refuses a network that cannot train on a data set, naming the first layer to blame and why. */
export function refuseInvalid(
  network: NetworkDocument,
  { shape, classes }: { shape: readonly number[]; classes: readonly string[] },
): void {
  const problems = check(network, walk(network), { shape, classes: classes.length })
  const [first] = problems
  if (!first) return
  const { layer, text } = problemWords(network, first)
  throw new AppError('network-invalid', {
    layer: layer ?? { key: 'design.inspector.network', params: {} },
    problem: text,
  })
}
