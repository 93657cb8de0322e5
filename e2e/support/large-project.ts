import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** So many chains of so many layers stand side by side and are joined at the end. */
const [chains, length] = [50, 100]

/** Makes a project of 5,000 layers the one that the program opens. */
export function writeLargeProject(userData: string): void {
  const nodes = [card('input-1', 'input', { shape: [8, 8, 4] }, (chains / 2) * 204, 0)]
  const wires: object[] = []
  const wire = (from: string, to: string, input: number) =>
    wires.push({ id: `wire-${wires.length + 1}`, from, to, input })
  const last: string[] = []
  for (let chain = 0; chain < chains; chain++) {
    let before = 'input-1'
    for (let n = 0; n < length - 1; n++) {
      const [id, values] = [`layer-${chain}-${n}`, { filters: 4, kernel: [3, 3], padding: 'same' }]
      nodes.push(
        card(id, n % 2 === 0 ? 'conv2d' : 'batch-normalization', n % 2 === 0 ? values : {}, chain * 204, (n + 1) * 104),
      )
      wire(before, id, 0)
      before = id
    }
    last.push(before)
  }
  nodes.push(card('add-1', 'add', {}, (chains / 2) * 204, (length + 1) * 104))
  for (const [input, id] of last.entries()) wire(id, 'add-1', input)
  const project = join(userData, 'large')
  mkdirSync(project, { recursive: true })
  const training = {
    optimizer: { kind: 'adam', values: {} },
    batchSize: 64,
    epochs: 1,
    seed: 1,
    validationShare: 0.1,
    precision: 'auto',
  }
  writeFileSync(
    join(project, 'project.json'),
    JSON.stringify({ version: 1, name: 'Large', network: { nodes, wires }, dataset: null, training }),
  )
  writeFileSync(
    join(userData, 'projects.json'),
    JSON.stringify({ last: project, recent: [{ path: project, name: 'Large' }] }),
  )
}

function card(id: string, kind: string, values: object, x: number, y: number) {
  return { id, kind, name: '', values, position: { x, y } }
}
