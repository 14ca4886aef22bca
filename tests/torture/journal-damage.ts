import { appendFileSync, cpSync, rmSync } from 'node:fs'
import path from 'node:path'
import type { Desk } from '../../electron/desk.ts'
import { projectionPage } from '../../electron/projection/projection.ts'
import type { DeskId } from '../../shared/core/ids.ts'
import { procedureOf } from '../harness/catalogue.ts'
import { enrolDesk, execute, newId, openNodeDesk, signIn } from '../harness/node-desk.ts'
import { receiveCommand } from '../harness/sample-commands.ts'
import { sampleEvent, sampleId } from '../harness/sample-events.ts'
import { seededRandom } from '../harness/seeded-random.ts'
import { TestCluster, type TestDistrict } from '../harness/test-district.ts'
import type { Attack } from './attack.ts'
import { bothFoldersGone, type Harm, harms, wholeFolderOfYesterday } from './journal-damage/harm.ts'

const tries = { short: 30, long: 600 }
/** Each try takes numbers of one day's lane; then another desk goes on. */
const triesPerWorld = { short: 15, long: 100 }
const perDay = 40
const unsentAtEnd = 6
/** More than one file of the journal holds. */
const fillerTexts = 7
const fillerText = 'x'.repeat(2_500_000)
/** Prime to the number of harms: each world meets all kinds. */
const stride = 7
const certifiedCopy = procedureOf('2.000815')

/** The desk as it was before the harm. */
interface Before {
  readonly folder: string
  readonly yesterday: string
  readonly held: ReadonlySet<string>
  readonly unsent: ReadonlySet<string>
  readonly numbers: Set<string>
  readonly checkpoint: { readonly after: number; readonly journalId: string }
}

/**
 * ```
 * two days of work, the last of it unsent ─► a copy is harmed ─► opens: nothing missing, or a named state and no number
 *   ─► one exchange with a real district ─► everything is back, and the next number was never printed
 * ```
 */
export const journalDamage: Attack = {
  id: 'journal-damage',
  holds: 'a damaged journal never opens silently shorter; the mirror or the district gives everything back',
  needsElectron: false,
  async run({ seed, scale, folder, say }) {
    const random = seededRandom(seed)
    const cluster = await TestCluster.start()
    try {
      const broken: string[] = []
      let before = await workTwoDays(path.join(folder, '0'), await cluster.district(), false)
      say(`${before.held.size} entries with the district, ${before.unsent.size} not yet`)
      let lost = 0
      let duplicated = 0
      let opened = 0
      for (let attempt = 0; attempt < tries[scale]; attempt += 1) {
        const isFirst = attempt % triesPerWorld[scale] === 0
        if (isFirst && attempt > 0) {
          say(`${attempt} of ${tries[scale]} harms`)
          const isLong = (attempt / triesPerWorld[scale]) % 2 === 1
          before = await workTwoDays(path.join(folder, String(attempt)), await cluster.district(), isLong)
        }
        // Before the district knows of what was not sent: then at most the page knows that it was there.
        const firstHarm = (attempt / triesPerWorld[scale]) % 2 === 0 ? bothFoldersGone : wholeFolderOfYesterday
        const harm = isFirst ? firstHarm : (harms[(attempt * stride) % harms.length] as Harm)
        const place = path.join(folder, 'harmed')
        cpSync(before.folder, place, { recursive: true })
        cpSync(witnessOf(before.folder), witnessOf(place))
        harm.apply(place, before.yesterday, random)
        if (harm.later) {
          await (await openDeskAt(place)).close()
          harm.later(place)
        }
        // Who comes first after a start, the page or the exchange, is a matter of seconds.
        const found = await survive(before, harm, place, attempt % 4 > 1).catch((cause: unknown) => {
          broken.push(`try ${attempt}, ${harm.name}: ${cause instanceof Error ? cause.stack : String(cause)}`)
          return undefined
        })
        if (found) {
          opened += 1
          lost += found.lost
          duplicated += found.duplicated
          broken.push(...found.broken.map((words) => `try ${attempt}, ${harm.name}: ${words}`))
        }
        rmSync(place, { recursive: true, force: true })
      }
      const acknowledged = (before.held.size + before.unsent.size) * tries[scale]
      return {
        tries: tries[scale],
        acknowledged,
        lost,
        duplicated,
        opened: { times: opened, of: tries[scale] },
        broken,
      }
    } finally {
      await cluster.stop()
    }
  },
}

/** Beside the desk's folder: it does not go back in time with it. */
const witnessOf = (folder: string) => `${folder}.witness`
const openDeskAt = (folder: string) => openNodeDesk({ folder, witnessFile: witnessOf(folder), random: () => 0 })

async function workTwoDays(folder: string, { url, code }: TestDistrict, isLong: boolean): Promise<Before> {
  const place = path.join(folder, 'desk')
  const yesterday = path.join(folder, 'yesterday')
  const numbers = new Set<string>()
  const first = await openDeskAt(place)
  await enrolDesk(first, url, await code(), 'Quầy 1')
  await receive(first, perDay, numbers)
  await exchange(first)
  await first.journal.saveIndex()
  await first.close()
  cpSync(place, yesterday, { recursive: true })
  // The power went, and the second morning began with a torn write cut off: a healing the copy knows nothing of.
  appendFileSync(path.join(place, 'journal', '000001.log'), Buffer.alloc(20, 7))
  const second = await openDeskAt(place)
  const filler = isLong ? await fillSegment(second) : new Set<string>()
  await receive(second, perDay, numbers)
  await exchange(second)
  const held = new Set([...second.journal.index.events.keys()].filter((id) => !filler.has(id)))
  await second.findExchange()?.stop()
  await second.journal.saveIndex()
  await receive(second, unsentAtEnd, numbers)
  const unsent = new Set(second.journal.index.unsent.keys())
  const page = await projectionPage(second.journal, { after: 0, limit: 500 })
  await second.close()
  const checkpoint = { after: page.position, journalId: page.journalId }
  return { folder: place, yesterday, held, unsent, numbers, checkpoint }
}

/** Others' events so long that the second day goes on in a second file; the district never had them. */
async function fillSegment({ journal }: Desk): Promise<ReadonlySet<string>> {
  const filler = new Set<string>()
  for (let at = 1; at <= fillerTexts; at += 1) {
    const deskId = sampleId(8_000_000) as DeskId
    const event = { ...sampleEvent(8_000_000 + at, 8_000_000, 1, 'note-added', { text: fillerText }), deskId }
    const about = { dossierId: event.dossierId, deskId, type: event.type }
    const item = { seq: 8_000_000 + at, eventId: event.id, text: JSON.stringify(event), about, receivedAt: event.at }
    await journal.append([{ stream: [{ ...item, findings: [] }] }])
    filler.add(event.id)
  }
  return filler
}

async function receive(desk: Desk, count: number, numbers: Set<string>): Promise<void> {
  if (!desk.session.staff()) await signIn(desk, 'goi.son')
  for (let at = 0; at < count; at += 1) {
    const done = await execute(desk, receiveCommand(certifiedCopy, newId()))
    if (!done.ok) throw new Error(`reception refused: ${done.error.code}`)
    numbers.add(done.value.number?.text ?? '')
  }
}

async function exchange(desk: Desk): Promise<void> {
  desk.startExchange()
  for (let round = 0; round < 5; round += 1) {
    await desk.findExchange()?.now()
    if (desk.journal.index.unsent.size === 0 && desk.journal.isWhole()) return
  }
}

async function survive(before: Before, harm: Harm, place: string, exchangesFirst: boolean) {
  const broken: string[] = []
  const desk = await openDeskAt(place)
  const { journal } = desk
  try {
    let isDamageMet = false
    journal.onDamage(() => {
      isDamageMet = true
    })
    await journal.scrub()
    if (isDamageMet) await journal.heal()
    const missing = [...before.held, ...before.unsent].filter((id) => !journal.index.events.has(id))
    if (missing.length > 0 && journal.health().state !== 'damaged') {
      broken.push(`${missing.length} entries are missing and the state is ${journal.health().state}`)
    }
    const ownMissing = missing.some((id) => before.unsent.has(id))
    if (ownMissing && !harm.takesBothCopies) broken.push('what was not sent did not come back from the mirror')
    if (exchangesFirst) await exchange(desk)
    // The page's store outlives the journal folder: it asks from where it was.
    const page = await projectionPage(journal, { after: before.checkpoint.after, limit: 500 })
    if (missing.length > 0 && page.journalId === before.checkpoint.journalId) broken.push('the page keeps what is gone')
    await signIn(desk, 'goi.son')
    if (missing.length > 0) {
      const done = await execute(desk, receiveCommand(certifiedCopy, newId()))
      if (done.ok && before.numbers.has(done.value.number?.text ?? '')) broken.push('a printed number was given again')
      if (done.ok) before.numbers.add(done.value.number?.text ?? '')
    }
    await exchange(desk)
    const expected = [...before.held, ...(harm.takesBothCopies ? [] : before.unsent)]
    const lost = expected.filter((id) => !journal.index.events.has(id)).length
    let duplicated = 0
    for (const dossierId of journal.index.dossiers.keys()) {
      const ids = (await journal.history(dossierId)).map(({ id }) => id)
      duplicated += ids.length - new Set(ids).size
    }
    if (!journal.isWhole()) broken.push('not whole after the exchange')
    const next = await execute(desk, receiveCommand(certifiedCopy, newId()))
    const number = next.ok ? (next.value.number?.text ?? '') : ''
    if (!next.ok) broken.push(`no number after the exchange: ${next.error.code}`)
    else if (before.numbers.has(number)) broken.push('a printed number was given again after the exchange')
    before.numbers.add(number)
    await exchange(desk)
    return { lost, duplicated, broken }
  } finally {
    await desk.close()
  }
}
