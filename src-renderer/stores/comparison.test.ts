import { AppError } from '@shared/ipc/errors'
import { setValue } from '@shared/network/edit'
import { templateNetwork } from '@shared/network/templates'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { useComparisonStore } from './comparison'
import { useDocumentStore } from './document'
import { useNoticesStore } from './notices'
import { useProjectStore } from './project'
import { installFakeBridge } from './testing/fake-bridge'
import { run } from './testing/samples'

const network = templateNetwork('dense-only', { shape: [28, 28, 1], classes: 3 })!
const wider = setValue(network, 'dense-1', 'units', 200)

beforeEach(() => {
  setActivePinia(createPinia())
  useProjectStore().path = '/projects/one'
  useDocumentStore().reset(network)
})

describe('comparing', () => {
  it('with a run follows every edit', () => {
    const comparison = useComparisonStore()
    comparison.withRun(run({ number: 4, network }))
    expect(comparison.other).toMatchObject({ run: 4, project: '' })
    expect(comparison.comparison?.changes).toEqual([])
    useDocumentStore().apply('design.history.value', () => wider)
    expect([...comparison.changes].map(([id, { change }]) => `${id} ${change}`)).toEqual([
      'dense-1 changed',
      'dense-2 follows',
    ])
    comparison.close()
    expect([comparison.other, comparison.comparison, comparison.changes.size]).toEqual([null, null, 0])
  })

  it('with another project reads it and leaves the open one open', async () => {
    const project = { version: 1, name: 'Other', network: wider, dataset: null, training: {} }
    const bridge = installFakeBridge({ readProject: () => ({ path: '/projects/two', project }) })
    const comparison = useComparisonStore()
    await comparison.withProject('/projects/two')
    expect(bridge.named('readProject')).toEqual([{ path: '/projects/two' }])
    expect(comparison.other).toMatchObject({ run: null, project: 'Other' })
    expect(comparison.comparison?.changes).toHaveLength(2)
  })

  it.each([
    ['nothing where the person cancels', () => null, 0],
    [
      'why a project cannot be read',
      () => {
        throw new AppError('project-missing', { path: '/x' })
      },
      1,
    ],
  ])('tells %s', async (_what, readProject, notices) => {
    installFakeBridge({ readProject })
    await useComparisonStore().withProject(null)
    expect(useComparisonStore().other).toBeNull()
    expect(useNoticesStore().notices).toHaveLength(notices)
  })

  it('ends with the project', () => {
    const comparison = useComparisonStore()
    comparison.withRun(run({ network }))
    useProjectStore().path = '/projects/two'
    expect(comparison.other).toBeNull()
  })
})
