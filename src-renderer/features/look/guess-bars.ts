import type { GuessedSample } from '@shared/ipc/look'
import type { Bar } from '@/ui/options'

/**
 * The guesses for one picture as bars, the most probable first. The true class is marked as right wherever it stands,
 * and a first guess that is another class as wrong; where the truth is not known, the first guess alone stands out.
 */
export function guessBars(
  { label, top }: GuessedSample,
  classes: readonly string[],
  percent: (share: number) => string,
): Bar[] {
  return top.map(({ classIndex, probability }, place) => ({
    id: classIndex,
    label: classes[classIndex] ?? String(classIndex),
    share: probability,
    value: percent(probability),
    ...mark(classIndex, place, label),
  }))
}

function mark(classIndex: number, place: number, label: number | null): Pick<Bar, 'tone' | 'icon'> {
  if (classIndex === label) return { tone: 'accent', icon: 'check' }
  if (place > 0) return {}
  return label === null ? { tone: 'accent' } : { tone: 'warning', icon: 'x' }
}
