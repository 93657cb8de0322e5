// @ts-check
import os from 'node:os'

/**
 * The machine and the day that figures belong to.
 * @typedef {{ processor: string, cores: number, memory: number, system: string, date: string }} Machine
 */

/** @returns {Machine} */
export function describeMachine() {
  const [first] = os.cpus()
  return {
    processor: first?.model.trim() ?? 'unknown',
    cores: os.availableParallelism(),
    memory: os.totalmem(),
    system: `${os.type()} ${os.release()}`,
    date: new Date().toISOString().slice(0, 10),
  }
}
