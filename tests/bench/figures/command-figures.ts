import fs from 'node:fs'
import path from 'node:path'
import type { Page } from '@playwright/test'
import type { CommandId, DossierId } from '../../../shared/core/ids.ts'
import { instantOf } from '../../../shared/core/time.ts'
import type { Command } from '../../../shared/domain/command.ts'
import { procedureOf } from '../../harness/catalogue.ts'
import { drawFrom } from '../dossiers/random.ts'
import { reception } from '../dossiers/reception.ts'
import { dayBegins } from '../world/demo-day.ts'
import { type Figure, figureOf } from './figure.ts'
import { pauseMs, rawFsync } from './raw-fsync.ts'

const perRound = 30
const draw = drawFrom(11)
/** Typical ones: a long declaration, a short one, and one whose due date is entered. */
const procedures = ['1.001193', '2.000815', '1.004873'].map((code) => procedureOf(code))
const petition = procedureOf('2.001909')

interface Execution {
  readonly commandId: CommandId
  readonly command: Command
}

export interface CommandWish {
  readonly page: Page
  readonly profile: string
  readonly folder: string
  readonly rounds: number
  /** Ends the figures' ids, telling under what conditions they were taken. */
  readonly suffix: string
  readonly condition: string
}

/** From the page's call to main's answer: bridge, rules, sealing, journal and mirror forced to the disk. */
export async function durableFigures(wish: CommandWish): Promise<Figure[]> {
  const { page, profile, folder, suffix, condition } = wish
  const receipts: (readonly number[])[] = []
  const notes: (readonly number[])[] = []
  const floors: (readonly number[])[] = []
  const dossierIds = await someDossiers(page)
  await timeEach(page, receptions(5))
  for (let round = 0; round < wish.rounds; round += 1) {
    const before = journalBytes(profile)
    receipts.push(await timeEach(page, receptions(perRound)))
    floors.push(await rawFsync(folder, Math.round((journalBytes(profile) - before) / perRound), perRound))
    notes.push(await timeEach(page, noteCommands(dossierIds, perRound)))
  }
  const peers = { 'raw-fsync': floors }
  const what = (name: string) => `${name} → durable${condition}`
  const id = `command-durable${suffix}`
  return [
    figureOf({ id, what: what('a reception'), unit: 'ms', rounds: receipts, peers }),
    figureOf({ id: `${id}-note`, what: what('a note'), unit: 'ms', rounds: notes, peers }),
    figureOf({ id: `raw-fsync${suffix}`, what: 'the same bytes, write + fdatasync alone', unit: 'ms', rounds: floors }),
  ]
}

/** From the page's call to the frame that shows the new dossier at the top of today's list. */
export async function screenFigures(page: Page, rounds: number): Promise<Figure[]> {
  await page.locator('.chip', { hasText: 'Hôm nay' }).click()
  const samples: (readonly number[])[] = []
  let minute = 0
  for (let round = 0; round < rounds; round += 1) {
    const times: number[] = []
    for (let time = 0; time < perRound / 2; time += 1) {
      minute += 1
      // Each is due a minute before the last, so that it stands above it.
      const due = instantOf(dayBegins + 9 * 3_600_000 - 60_000 * minute)
      times.push(await timeToScreen(page, execution(reception(draw, petition, newDossierId(), due))))
    }
    samples.push(times)
  }
  return [figureOf({ id: 'command-screen', what: 'a reception → seen in the list', unit: 'ms', rounds: samples })]
}

/** The same while the page builds its view anew and main hands it every dossier; the probe is in the page already. */
export async function rebuildingFigures(page: Page, rounds: number): Promise<Figure[]> {
  const samples: (readonly number[])[] = []
  for (let round = 0; round < rounds; round += 1) {
    const rebuilt = page.evaluate(() => benchProbe.rebuild())
    samples.push(await timeEach(page, receptions(perRound / 2)))
    await rebuilt
  }
  await page.evaluate(() => benchProbe.close())
  const what = 'a reception → durable, while the view is rebuilt'
  return [figureOf({ id: 'command-durable-rebuilding', what, unit: 'ms', rounds: samples })]
}

function newDossierId(): DossierId {
  return draw.id(Date.now()) as DossierId
}

function execution(command: Command): Execution {
  return { commandId: draw.id(Date.now()) as CommandId, command }
}

function receptions(count: number): readonly Execution[] {
  return Array.from({ length: count }, () => execution(reception(draw, draw.pick(procedures), newDossierId(), '')))
}

function noteCommands(dossierIds: readonly DossierId[], count: number): readonly Execution[] {
  return Array.from({ length: count }, () =>
    execution({ type: 'add-note', dossierId: draw.pick(dossierIds), text: 'Đã gọi cho người nộp, hẹn chiều đến lấy.' }),
  )
}

async function someDossiers(page: Page): Promise<readonly DossierId[]> {
  const answer = await page.evaluate(() => window.desk.call('projection.changes', { after: 0, limit: 500 }))
  if (!answer.ok) throw new Error(`no dossiers: ${answer.error.code}`)
  return answer.value.changes.map(({ id }) => id)
}

async function timeEach(page: Page, executions: readonly Execution[]): Promise<readonly number[]> {
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

async function timeToScreen(page: Page, each: Execution): Promise<number> {
  const name = each.command.type === 'receive-dossier' ? each.command.applicant.name : ''
  return page.evaluate(
    async ([wanted, input]) => {
      const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
      const top = () => document.querySelector('.grid-row[aria-rowindex="2"] .cell-applicant')?.textContent
      const before = document.querySelector('.grid-row[aria-rowindex="2"]')?.id
      await frame()
      const start = performance.now()
      const answer = await window.desk.call('dossier.execute', input)
      if (!answer.ok) throw new Error(answer.error.code)
      const seen = () => top() === wanted && document.querySelector('.grid-row[aria-rowindex="2"]')?.id !== before
      while (!seen()) {
        if (performance.now() - start > 10_000) throw new Error('the dossier was not seen within 10 s')
        await frame()
      }
      // The frame that carries it is out when the next one begins.
      await frame()
      return performance.now() - start
    },
    [name, each] as const,
  )
}

function journalBytes(profile: string): number {
  const folder = path.join(profile, 'desk', 'journal')
  const logs = fs.readdirSync(folder).filter((name) => name.endsWith('.log'))
  return logs.reduce((sum, name) => sum + fs.statSync(path.join(folder, name)).size, 0)
}
