/** A text to be found and what else it may be called. */
export interface Searchable {
  readonly title: string
  /** Other words for the same: its name in English, its group. */
  readonly keywords: string
}

/**
 * The items that fit a query, the best first: those whose title begins with it, then those of which a word does, then
 * those that hold it anywhere, then those that hold its letters in order (`cnv` finds “Convolution”). Every word of the
 * query must fit. Equal items keep their order; an empty query keeps all.
 */
export function search<T extends Searchable>(items: readonly T[], query: string): T[] {
  const words = fold(query).split(/\s+/).filter(Boolean)
  return items
    .map((item, order) => ({ item, order, score: scoreOf(item, words) }))
    .filter(({ score }) => score > 0)
    .sort((one, other) => other.score - one.score || one.order - other.order)
    .map(({ item }) => item)
}

function scoreOf({ title, keywords }: Searchable, words: readonly string[]): number {
  const [inTitle, inKeywords] = [fold(title), fold(keywords)]
  let sum = 1
  for (const word of words) {
    const loose = word.length > 1 && lettersInOrder(inTitle, word) ? 1 : 0
    const score = Math.max(wordScore(inTitle, word) * 2, wordScore(inKeywords, word), loose)
    if (score === 0) return 0
    sum += score
  }
  return sum
}

function wordScore(text: string, word: string): number {
  if (text.startsWith(word)) return 8
  if (text.split(/[^\p{L}\p{N}]+/u).some((part) => part.startsWith(word))) return 4
  return text.includes(word) ? 2 : 0
}

function lettersInOrder(text: string, letters: string): boolean {
  let at = -1
  for (const letter of letters) {
    at = text.indexOf(letter, at + 1)
    if (at < 0) return false
  }
  return true
}

/** Without case and without the difference of е and ё, which readers type as they please. */
function fold(text: string): string {
  return text.toLocaleLowerCase().replaceAll('ё', 'е')
}
