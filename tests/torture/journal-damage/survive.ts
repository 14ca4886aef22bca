import { setTimeout as wait } from 'node:timers/promises'
import type { Desk } from '../../../electron/desk.ts'
import { projectionPage } from '../../../electron/projection/projection.ts'
import { describeJournal } from '../../../renderer/text/describe-journal.ts'
import { vietnamese } from '../../../renderer/text/vietnamese.ts'
import { execute, newId, signIn } from '../../harness/node-desk.ts'
import { receiveCommand } from '../../harness/sample-commands.ts'
import type { Harm } from './harm.ts'
import { type Before, certifiedCopy, exchange, openDeskAt } from './two-days.ts'

/** Times something is asked again: two seconds. */
const mendedWithin = 40

/** What comes first after the start. */
export interface Order {
  readonly exchangesFirst: boolean
  readonly scrubsFirst: boolean
}

/** What one harm did, by event id. */
export interface Survived {
  readonly checked: readonly string[]
  readonly lost: readonly string[]
  readonly doubled: readonly string[]
  /** Unsent, and the harm took both copies. */
  readonly beyondSaving: readonly string[]
  /** The states the journal was in. */
  readonly reached: ReadonlySet<string>
  readonly broken: readonly string[]
}

/** Opens the harmed desk, works, exchanges, looks through everything, and compares with what there was before. */
export async function survive(before: Before, harm: Harm, place: string, order: Order): Promise<Survived> {
  const desk = await openDeskAt(place)
  const { journal } = desk
  const broken: string[] = []
  const reached = new Set<string>()
  let isDamageMet = false
  journal.onDamage(() => {
    isDamageMet = true
  })
  const scrub = async () => {
    await journal.scrub()
    if (isDamageMet) await journal.heal()
  }
  /** What is known to be missing; the journal must say so, and the officer be told. */
  const look = (): readonly string[] => {
    const missing = [...before.held, ...before.unsent].filter((id) => !journal.index.events.has(id))
    const { state } = journal.health()
    if (missing.length > 0 && state !== 'damaged') {
      broken.push(`${missing.length} entries are missing and the state is ${state}`)
    }
    reached.add(state)
    broken.push(...untold(desk))
    return missing
  }
  /** The page's store outlives the journal folder: it asks from where it was. */
  const askPage = () => again(() => projectionPage(journal, { after: before.checkpoint.after, limit: 500 }))
  /** No number that was ever printed, before the harm or since. */
  const receive = async (when: string) => {
    const done = await again(() => execute(desk, receiveCommand(certifiedCopy, newId())))
    const number = done.ok ? (done.value.number?.text ?? '') : undefined
    if (number === undefined) return done
    if (before.numbers.has(number)) broken.push(`a printed number was given again ${when}`)
    before.numbers.add(number)
    return done
  }
  try {
    if (order.scrubsFirst) await scrub()
    const missing = look()
    const ownMissing = missing.some((id) => before.unsent.has(id))
    if (ownMissing && !harm.takesBothCopies) broken.push('what was not sent did not come back from the mirror')
    if (order.exchangesFirst) await exchange(desk)
    const page = await askPage()
    if (missing.length > 0 && page.journalId === before.checkpoint.journalId) broken.push('the page keeps what is gone')
    await signIn(desk, 'goi.son')
    // Who has not asked the district cannot know what other tries of this desk printed, and prints only where it must not.
    if (missing.length > 0 || (order.exchangesFirst && !order.scrubsFirst)) await receive('before the last exchange')
    if (!order.scrubsFirst) {
      for (const dossierId of journal.index.dossiers.keys()) await again(() => journal.history(dossierId))
      await scrub()
      const found = look().length - missing.length
      if (found > 0 && (await askPage()).journalId === page.journalId)
        broken.push('the page keeps what the scrub took out')
    }
    await exchange(desk)
    const expected = [...before.held, ...(harm.takesBothCopies ? [] : before.unsent)]
    const isGone = (id: string) => !journal.index.events.has(id)
    const lost = expected.filter(isGone)
    const doubled: string[] = []
    for (const dossierId of journal.index.dossiers.keys()) {
      const ids = (await journal.history(dossierId)).map(({ id }) => id)
      doubled.push(...ids.filter((id, at) => ids.indexOf(id) < at))
    }
    if (!journal.isWhole()) broken.push('not whole after the exchange')
    const next = await receive('after the exchange')
    if (!next.ok) broken.push(`no number after the exchange: ${next.error.code}`)
    await exchange(desk)
    return {
      checked: expected,
      lost,
      doubled,
      beyondSaving: harm.takesBothCopies ? [...before.unsent].filter(isGone) : [],
      reached,
      broken,
    }
  } finally {
    await desk.close()
  }
}

/** Whoever meets damage in reading is refused; the desk mends itself meanwhile, and asked again it answers. */
async function again<T>(ask: () => Promise<T>): Promise<T> {
  for (let times = 1; ; times += 1) {
    try {
      return await ask()
    } catch (cause) {
      if (times === mendedWithin) throw cause
      await wait(50)
    }
  }
}

/** A state in which work or numbers may be missing has Vietnamese words on the screen. */
function untold({ journalHealth }: Desk): readonly string[] {
  if (journalHealth.state === 'whole' && journalHealth.whole) return []
  const told = describeJournal(journalHealth)
  const words: readonly string[] = Object.values(vietnamese.frame.banner)
  const isTold = told && words.includes(told.action)
  return isTold ? [] : [`the officer is told nothing of ${JSON.stringify(journalHealth)}`]
}
