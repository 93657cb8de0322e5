/** Whether every word of a search occurs in a text, in upper or lower case; an empty search finds everything. */
export function searchText(search: string, text: string): boolean {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  const within = text.toLowerCase()
  return words.every((word) => within.includes(word))
}
