import { readFileSync } from 'node:fs'
import path from 'node:path'

/** The steps of docs/dead-pc.md: those of every road, and those each road adds. */
const sections = { common: '## Bước chung', backup: '## Đường 1', stick: '## Đường 2', district: '## Đường 3' } as const
export type Road = Exclude<keyof typeof sections, 'common'>

/** How long the machine took for each step, over all walks. */
export type StepTimes = Map<string, number[]>

/** Walks a road of docs/dead-pc.md: step by step, in its order, none left out. */
export interface Walk {
  /** `number` is the step's number in the document. */
  readonly step: <T>(number: number, machine: () => T | Promise<T>) => Promise<T>
  /** What of the document was not walked as it stands there. */
  readonly leftOut: () => readonly string[]
}

export function walkAlong(road: Road, times: StepTimes): Walk {
  const told = [...stepsOf(sections.common), ...stepsOf(sections[road])]
  const walked: string[] = []
  return {
    async step(number, machine) {
      const began = performance.now()
      const result = await machine()
      const ms = Math.round(performance.now() - began)
      const words = told[number - 1] ?? `step ${number}, of which the document knows nothing`
      walked.push(words)
      const name = `${road}: ${words}`
      times.set(name, [...(times.get(name) ?? []), ms])
      return result
    },
    leftOut: () =>
      walked.join('\n') === told.join('\n') ? [] : [`walked "${walked.join(' → ')}" of "${told.join(' → ')}"`],
  }
}

/** One line a step: the slowest walk, for that is the one an office may meet. */
export function tellTimes(times: StepTimes): readonly string[] {
  return [...times].map(([name, ms]) => `${name}: machine at most ${Math.max(...ms)} ms in ${ms.length} walks`)
}

/** The numbered lines of a section, each with the beginning of its words. */
function stepsOf(heading: string): readonly string[] {
  const text = readFileSync(path.join('docs', 'dead-pc.md'), 'utf8')
  const section = text.split(/^(?=## )/m).find((part) => part.startsWith(heading))
  if (section === undefined) throw new Error(`docs/dead-pc.md has no section "${heading}"`)
  return [...section.matchAll(/^\d+\. .{1,48}/gm)].map(([line]) => line)
}
