import fs from 'node:fs'
import path from 'node:path'
import type { Page } from '@playwright/test'
import type { DossierView } from '../../../shared/ipc/view.ts'
import type { Part } from '../part.ts'
import { type PeerId, peerIds } from '../peers/peer.ts'
import { peerDossierOf } from '../peers/peer-documents.ts'
import { comeToRest } from '../world/come-to-rest.ts'
import type { Peers } from '../world/peer-app.ts'
import { openSignedIn } from '../world/signed-in-app.ts'
import { notes, receptionDueToday, receptions, timeEach } from './commands.ts'
import { type Figure, figureOf, type Rounds } from './figure.ts'
import { pauseMs, rawFsync } from './raw-fsync.ts'

const perRound = 40
const screensPerRound = 15
const warmUp = 5

export const commandPart: Part = {
  id: 'commands',
  what: 'a command until it is durable, beside the peers’ inserts; a command until it is seen',
  async run({ rounds, folder, filledDesk, peers, whenDone, say }) {
    const others = await peers()
    const desk = await filledDesk()
    const app = await openSignedIn(desk)
    whenDone(app.close)
    const wish = { page: app.page, profile: desk.profile, folder, rounds, say }
    const exchanging = await exchangingFigures(wish)
    await desk.district.stop()
    return [...(await durableFigures(wish, others)), ...exchanging, ...(await screenFigures(app.page, rounds))]
  },
}

interface CommandWish {
  readonly page: Page
  readonly profile: string
  readonly folder: string
  readonly rounds: number
  readonly say: (line: string) => void
}

/** The line is cut; peers insert the very dossiers the desk has just received. */
async function durableFigures({ page, profile, folder, rounds, say }: CommandWish, others: Peers): Promise<Figure[]> {
  const ours: (readonly number[])[] = []
  const noted: (readonly number[])[] = []
  const floors: (readonly number[])[] = []
  const theirs = new Map<PeerId, (readonly number[])[]>(peerIds.map((id) => [id, []]))
  const known = (await changesAfter(page, 0)).map(({ id }) => id)
  for (let round = -1; round < rounds; round += 1) {
    const head = await headOf(page)
    const before = journalBytes(profile)
    const count = round < 0 ? warmUp : perRound
    await comeToRest(say)
    const received = await timeEach(page, receptions(count))
    const bytes = Math.round((journalBytes(profile) - before) / count)
    const dossiers = (await changesAfter(page, head)).map(({ dossier }) => peerDossierOf(dossier))
    if (dossiers.length !== count) throw new Error(`${dossiers.length} of ${count} dossiers for the peers`)
    for (const id of peerIds) {
      await comeToRest(say)
      const times = await others
        .page(id)
        .evaluate(([list, pause]) => benchPeer.insert(list, pause), [dossiers, pauseMs] as const)
      if (round >= 0) theirs.get(id)?.push(times)
    }
    if (round < 0) continue
    ours.push(received)
    floors.push(await rawFsync(folder, bytes, perRound))
    noted.push(await timeEach(page, notes(known, perRound)))
    say(`commands: round ${round + 1} of ${rounds}`)
  }
  const floor = { 'raw-fsync': floors }
  const what = 'a reception → durable: rules, sealed, two files synced; peers: a strict insert in the clear'
  return [
    figureOf({
      id: 'command-durable',
      what,
      unit: 'ms',
      rounds: ours,
      peers: { ...Object.fromEntries(theirs), ...floor },
      compared: 'p95',
    }),
    figureOf({ id: 'command-durable-note', what: 'a note → durable', unit: 'ms', rounds: noted, peers: floor }),
  ]
}

/** The line is up and takes the commands away while they come. */
async function exchangingFigures({ page, rounds, say }: CommandWish): Promise<Figure[]> {
  const samples: (readonly number[])[] = []
  await timeEach(page, receptions(warmUp))
  for (let round = 0; round < rounds; round += 1) samples.push(await timeEach(page, receptions(perRound)))
  say('commands: measured with an exchange running')
  const what = 'a reception → durable, while the line is up and an exchange runs'
  return [figureOf({ id: 'command-durable-exchanging', what, unit: 'ms', rounds: samples })]
}

/** From the page's call to the frame that shows the new dossier at the top of today's list. */
async function screenFigures(page: Page, rounds: number): Promise<Figure[]> {
  await page.locator('.chip', { hasText: 'Hôm nay' }).click()
  const samples: Rounds[number][] = []
  let minute = 0
  for (let round = 0; round < rounds; round += 1) {
    const times: number[] = []
    for (let time = 0; time < screensPerRound; time += 1) {
      // Each is due a minute before the last, so that it stands above it.
      minute += 1
      times.push(await timeToScreen(page, minute))
    }
    samples.push(times)
  }
  return [figureOf({ id: 'command-screen', what: 'a reception → seen in the list', unit: 'ms', rounds: samples })]
}

async function timeToScreen(page: Page, minute: number): Promise<number> {
  const each = receptionDueToday(minute)
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

async function headOf(page: Page): Promise<number> {
  const answer = await page.evaluate(() => window.desk.call('projection.changes', { after: 0, limit: 1 }))
  if (!answer.ok) throw new Error(`no journal head: ${answer.error.code}`)
  return answer.value.head
}

async function changesAfter(page: Page, after: number): Promise<readonly DossierView[]> {
  const answer = await page.evaluate(
    (from) => window.desk.call('projection.changes', { after: from, limit: 200 }),
    after,
  )
  if (!answer.ok) throw new Error(`no dossiers: ${answer.error.code}`)
  return answer.value.changes
}

function journalBytes(profile: string): number {
  const folder = path.join(profile, 'desk', 'journal')
  const logs = fs.readdirSync(folder).filter((name) => name.endsWith('.log'))
  return logs.reduce((sum, name) => sum + writtenBytes(fs.readFileSync(path.join(folder, name))), 0)
}

/** Without the zeros laid out ahead. */
function writtenBytes(file: Buffer): number {
  let end = file.byteLength
  while (end > 0 && file[end - 1] === 0) end -= 1
  return end
}
