/** A column's alignment: words begin on the left, numbers end on the right. */
export type Align = 'left' | 'right'

/** Rows of text in columns as wide as their widest cell, two spaces apart; missing cells are empty. */
export function table(rows: readonly (readonly string[])[], aligns: readonly Align[]): string {
  const widths = aligns.map((_align, column) => Math.max(0, ...rows.map((row) => (row[column] ?? '').length)))
  return rows
    .map((row) => {
      const cells = widths.map((width, column) => {
        const cell = row[column] ?? ''
        return aligns[column] === 'right' ? cell.padStart(width) : cell.padEnd(width)
      })
      return `${cells.join('  ').trimEnd()}\n`
    })
    .join('')
}
