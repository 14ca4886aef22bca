import type { Page } from '@playwright/test'
import type { CommandId, DossierId } from '../../../shared/core/ids.ts'
import { instantOf } from '../../../shared/core/time.ts'
import type { Command } from '../../../shared/domain/command.ts'
import { procedureOf } from '../../harness/catalogue.ts'
import { drawFrom } from '../dossiers/random.ts'
import { reception } from '../dossiers/reception.ts'
import { dayBegins } from '../world/demo-day.ts'
import { pauseMs } from './raw-fsync.ts'

const draw = drawFrom(11)
/** Typical ones: a long declaration, a short one, and one whose due date is entered. */
const procedures = ['1.001193', '2.000815', '1.004873'].map((code) => procedureOf(code))
const petition = procedureOf('2.001909')

export interface Execution {
  readonly commandId: CommandId
  readonly command: Command
}

export function receptions(count: number): readonly Execution[] {
  return Array.from({ length: count }, () => execution(reception(draw, draw.pick(procedures), newDossierId(), '')))
}

/** A reception due today, the more minutes before the office closes the higher in the list. */
export function receptionDueToday(minutesBeforeClosing: number): Execution {
  const due = instantOf(dayBegins + 9 * 3_600_000 - 60_000 * minutesBeforeClosing)
  return execution(reception(draw, petition, newDossierId(), due))
}

export function notes(dossierIds: readonly string[], count: number): readonly Execution[] {
  const text = 'Đã gọi cho người nộp, hẹn chiều đến lấy.'
  return Array.from({ length: count }, () =>
    execution({ type: 'add-note', dossierId: draw.pick(dossierIds) as DossierId, text }),
  )
}

function newDossierId(): DossierId {
  return draw.id(Date.now()) as DossierId
}

function execution(command: Command): Execution {
  return { commandId: draw.id(Date.now()) as CommandId, command }
}

/** One after the other, from the page's call to main's answer: bridge, rules, sealing, journal and mirror synced. */
export async function timeEach(page: Page, executions: readonly Execution[]): Promise<readonly number[]> {
  const answers = await page.evaluate(
    async ([list, pause]) => {
      const timed: { ms: number; refused?: string }[] = []
      for (const each of list) {
        const start = performance.now()
        const answer = await window.desk.call('dossier.execute', each)
        const ms = performance.now() - start
        timed.push(answer.ok ? { ms } : { ms, refused: JSON.stringify(answer.error) })
        // The page's own work for this one is then not in the way of the next.
        await new Promise((resolve) => setTimeout(resolve, pause))
      }
      return timed
    },
    [executions, pauseMs] as const,
  )
  const refused = answers.find((answer) => answer.refused !== undefined)
  if (refused) throw new Error(`a command was refused: ${refused.refused}`)
  return answers.map(({ ms }) => ms)
}
