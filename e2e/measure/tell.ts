import { writeFileSync } from 'node:fs'

/** Hands figures to the benchmark, which names the file; without it they are only shown. */
export function tellFigures(figures: Readonly<Record<string, number>>): void {
  const text = JSON.stringify(figures)
  const file = process.env.PATCHWORK_FIGURES
  if (file) writeFileSync(file, text)
  else process.stdout.write(`${text}\n`)
}
