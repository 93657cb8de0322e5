import { describe, expect, it } from 'vitest'
import { columnsThatFit } from './run-columns'

describe('columnsThatFit', () => {
  it.each([
    [300, []],
    [648, ['test']],
    [676, ['test', 'duration']],
    [900, ['test', 'duration', 'speed']],
    [932, ['test', 'duration', 'speed', 'network']],
    [1200, ['test', 'duration', 'speed', 'network', 'augmentation']],
    [1400, ['test', 'duration', 'speed', 'network', 'augmentation', 'started']],
  ])('%d pixels', (width, columns) => expect([...columnsThatFit(width)]).toEqual(columns))
})
