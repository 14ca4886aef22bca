import { type CommandId, type DossierId, uuidV7 } from '../../../shared/core/ids.ts'
import type { Command } from '../../../shared/domain/command.ts'
import { receptionOf } from '../../../shared/domain/dossier.ts'
import type { StoredEvent } from '../../../shared/domain/event.ts'
import type { DossierView } from '../../../shared/ipc/view.ts'
import { procedureOf } from '../../harness/catalogue.ts'
import { receiveCommand } from '../../harness/sample-commands.ts'
import type { DrivenApp } from './driven-app.ts'

interface Given {
  readonly commandId: CommandId
  readonly command: Command
  answered: boolean
}

export interface Counted {
  readonly lost: number
  readonly duplicated: number
}

/** What was asked of the desk and what it answered, kept outside it. */
export interface Ledger {
  /** Rejects when the app was killed before it answered. */
  readonly giveOne: (app: DrivenApp) => Promise<void>
  /** The same with a new dossier. */
  readonly receiveOne: (app: DrivenApp) => Promise<void>
  readonly underWay: () => number
  /** How many answers were read so far. */
  readonly answers: () => number
  /** Asks everything unanswered again, as a page would; answers what was refused. */
  readonly askAgain: (app: DrivenApp) => Promise<readonly string[]>
  /** How many unanswered commands are there nevertheless: entries that became durable before anyone was told. */
  readonly unansweredHere: (app: DrivenApp) => Promise<number>
  readonly acknowledged: () => readonly Given[]
  readonly countHere: (app: DrivenApp) => Promise<Counted>
  readonly countIn: (events: readonly StoredEvent[]) => Counted
}

/** One in so many commands is a reception: a desk has 500 numbers a day. */
const commandsPerReception = 12
const mostReceptions = 380
const petition = procedureOf('2.000815')

export function createLedger(random: () => number): Ledger {
  const given: Given[] = []
  const receivedIds: DossierId[] = []
  let receptions = 0
  let underWay = 0
  let answers = 0

  function newId(): string {
    return uuidV7(
      Date.now(),
      Uint8Array.from({ length: 10 }, () => random() * 256),
    )
  }

  function next(): Given {
    const commandId = newId() as CommandId
    const dossierId = receivedIds[Math.floor(random() * receivedIds.length)]
    const isReception = !dossierId || (receptions < mostReceptions && random() < 1 / commandsPerReception)
    return isReception ? reception(commandId) : note(commandId, dossierId)
  }

  function reception(commandId: CommandId): Given {
    receptions += 1
    return { commandId, command: receiveCommand(petition, newId()), answered: false }
  }

  /** The text names the command, so that a note can be found again without asking for its event. */
  function note(commandId: CommandId, dossierId: DossierId): Given {
    return { commandId, command: { type: 'add-note', dossierId, text: commandId }, answered: false }
  }

  async function give(app: DrivenApp, one: Given): Promise<void> {
    given.push(one)
    await ask(app, one)
  }

  async function ask(app: DrivenApp, one: Given): Promise<string | undefined> {
    underWay += 1
    try {
      const { commandId, command } = one
      const answer = await app.call('dossier.execute', { commandId, command })
      if (!answer.ok) return `${command.type} was refused: ${JSON.stringify(answer.error)}`
      one.answered = true
      answers += 1
      if (command.type === 'receive-dossier') receivedIds.push(command.dossierId)
      return undefined
    } finally {
      underWay -= 1
    }
  }

  return {
    giveOne: (app) => give(app, next()),
    receiveOne: (app) => give(app, reception(newId() as CommandId)),
    underWay: () => underWay,
    answers: () => answers,
    async askAgain(app) {
      const refused: string[] = []
      for (const one of given.filter(({ answered }) => !answered)) {
        const refusal = await ask(app, one)
        if (refusal) refused.push(refusal)
      }
      return refused
    },
    async unansweredHere(app) {
      const times = timesIn(await allViews(app))
      return given.filter((one) => !one.answered && times(one) !== undefined).length
    },
    acknowledged: () => given.filter(({ answered }) => answered),
    async countHere(app) {
      const views = await allViews(app)
      const numbers = countEach(views.flatMap(({ dossier }) => receptionOf(dossier)?.number.text ?? []))
      const answered = given.filter((one) => one.answered)
      const twice = [...numbers.values()].filter((count) => count > 1).length
      const { lost, duplicated } = counted(answered.map(timesIn(views)))
      return { lost, duplicated: duplicated + twice }
    },
    countIn(events) {
      const commands = countEach(events.map(({ commandId }) => commandId))
      return counted(given.filter(({ answered }) => answered).map(({ commandId }) => commands.get(commandId)))
    },
  }
}

/** How often what a command asked for is there. */
function timesIn(views: readonly DossierView[]): (one: Given) => number | undefined {
  const notes = countEach(views.flatMap(({ dossier }) => dossier.notes.map(({ text }) => text)))
  const dossiers = countEach(views.map(({ id }) => id))
  return ({ commandId, command }) =>
    command.type === 'receive-dossier' ? dossiers.get(command.dossierId) : notes.get(commandId)
}

function counted(times: readonly (number | undefined)[]): Counted {
  return {
    lost: times.filter((count) => count === undefined).length,
    duplicated: times.filter((count) => (count ?? 0) > 1).length,
  }
}

function countEach(keys: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1)
  return counts
}

async function allViews(app: DrivenApp): Promise<readonly DossierView[]> {
  const views: DossierView[] = []
  let after = 0
  while (true) {
    const page = await app.call('projection.changes', { after, limit: 500 })
    if (!page.ok) throw new Error(page.error.code)
    views.push(...page.value.changes)
    after = page.value.position
    if (after >= page.value.head) return views
  }
}
