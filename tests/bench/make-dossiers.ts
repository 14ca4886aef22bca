import type { CommandId, DeskId, DossierId, EventId, StaffId } from '../../shared/core/ids.ts'
import {
  addDays,
  dateOf,
  type Instant,
  type IsoDate,
  instantAt,
  instantOf,
  unixMsOf,
  weekdayOf,
} from '../../shared/core/time.ts'
import type { Command } from '../../shared/domain/command.ts'
import { decide } from '../../shared/domain/decide.ts'
import { type Dossier, receptionOf } from '../../shared/domain/dossier.ts'
import type { DossierEvent } from '../../shared/domain/event.ts'
import { applyEvent } from '../../shared/domain/fold.ts'
import { type NumberLane, nextNumber } from '../../shared/domain/numbering.ts'
import type { WorkingCalendar } from '../../shared/law/calendar.ts'
import { type Catalogue, findProcedure, type Procedure } from '../../shared/law/procedure.ts'
import type { Role } from '../../shared/law/staff.ts'
import type { Unit } from '../../shared/law/unit.ts'
import { personName } from './dossiers/people.ts'
import { type Draw, drawFrom } from './dossiers/random.ts'
import { reception } from './dossiers/reception.ts'

/**
 * A desk's register as it would stand after months of work, made by the app's own rules:
 * ```
 * seed ─► plan (day, procedure, how far it went) ─► commands ─► decide ─► events ─► sorted as they happened
 * ```
 * 1. The same options make the same register.
 * 2. About five events each: received, a note or two, started, finished, handed over; a few refused intakes.
 * 3. One in seven is recent, so that every chip of the work list has something to count; no more than a desk can do.
 */
export interface RegisterOptions {
  readonly dossiers: number
  readonly seed: number
  readonly unit: Unit
  readonly deskId: DeskId
  readonly lane: NumberLane
  readonly staff: Readonly<Record<Role, StaffId>>
  readonly catalogue: Catalogue
  readonly calendar: WorkingCalendar
  /** The moment the register is looked at. */
  readonly now: Instant
  /** Only the reception of each: what an exchange of new dossiers carries. */
  readonly receptionsOnly?: boolean
}

/** Working days the register reaches back; more dossiers than lane numbers a day reach further. */
const shortestHistory = 130
const perDay = 250
const recentDays = 6
/** With the days' own: below the 500 numbers a desk's lane has for a day. */
const recentPerDay = 150
const dayOfWork = 9 * 3_600_000

export function makeDossiers(options: RegisterOptions): readonly DossierEvent[] {
  const draw = drawFrom(options.seed)
  const procedures = proceduresThroughout(options)
  const days = workingDays(options.now, Math.max(shortestHistory, Math.ceil(options.dossiers / perDay)))
  const ordinals = new Map<IsoDate, number>()
  const recentShare = Math.min(1 / 7, (recentPerDay * recentDays) / options.dossiers)
  const events: DossierEvent[] = []
  for (let made = 0; made < options.dossiers; made += 1) {
    const recent = draw.chance(recentShare)
    const day = draw.pick(recent ? days.slice(-recentDays) : days)
    events.push(...makeDossier(options, draw, draw.pick(procedures), day, ordinals, recent))
  }
  return events.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
}

/** Procedures in force all the time the register covers. */
function proceduresThroughout({ catalogue, now }: RegisterOptions): readonly Procedure[] {
  const today = dateOf(now)
  return catalogue.procedures.filter((procedure) => {
    return procedure.effectiveFrom <= '2021-07-01' && findProcedure(catalogue, procedure.code, today) === procedure
  })
}

function workingDays(now: Instant, count: number): readonly IsoDate[] {
  const days: IsoDate[] = []
  for (let day = addDays(dateOf(now), -1); days.length < count; day = addDays(day, -1)) {
    if (weekdayOf(day) !== 0 && weekdayOf(day) !== 6) days.unshift(day)
  }
  return days
}

function makeDossier(
  options: RegisterOptions,
  draw: Draw,
  procedure: Procedure,
  day: IsoDate,
  ordinals: Map<IsoDate, number>,
  recent: boolean,
): readonly DossierEvent[] {
  const receivedMs = unixMsOf(instantAt(day, '07:15')) + Math.floor(draw.fraction() * dayOfWork)
  const nowMs = unixMsOf(options.now)
  const dossierId = draw.id(receivedMs) as DossierId
  const enteredDueAt = instantAt(addDays(day, draw.between(3, 12)), '17:00')
  const events: DossierEvent[] = []
  let dossier: Dossier | undefined

  function act(command: Command, role: Role, ms: number): void {
    const at = instantOf(Math.min(ms, nowMs - 1000))
    const decided = decide(dossier, command, {
      at,
      eventId: draw.id(ms) as EventId,
      commandId: draw.id(ms) as CommandId,
      unitId: options.unit.id,
      deskId: options.deskId,
      staff: { id: options.staff[role], role },
      law: {
        catalogueVersion: options.catalogue.version,
        calendar: options.calendar,
        findProcedure: (code) => findProcedure(options.catalogue, code, dateOf(at)),
      },
      takeNumber() {
        const number = nextNumber(options.lane, options.unit.agencyCode ?? '', day, ordinals.get(day) ?? 0)
        if (number.ok) ordinals.set(day, number.value.ordinal)
        return number
      },
    })
    if (!decided.ok) throw new Error(`a generated ${command.type} was refused: ${JSON.stringify(decided.error)}`)
    events.push(decided.value)
    dossier = applyEvent(dossier, decided.value)
  }

  const received = reception(draw, procedure, dossierId, enteredDueAt)
  if (!options.receptionsOnly && draw.chance(0.02)) {
    const { procedureCode, applicant } = received
    const reason = 'Hồ sơ thiếu giấy chứng sinh; đề nghị bổ sung rồi nộp lại.'
    act({ type: 'refuse-intake', dossierId, procedureCode, applicant, reason }, 'reception', receivedMs)
    return events
  }
  act(received, 'reception', receivedMs)
  if (options.receptionsOnly) return events
  const dueMs = unixMsOf((dossier && receptionOf(dossier)?.due.dueAt) ?? enteredDueAt)
  const end = Math.min(Math.max(dueMs, receivedMs + dayOfWork), nowMs)
  const steps = stepsTaken(draw, recent)
  const at = (share: number) => receivedMs + Math.floor((end - receivedMs) * (share + draw.fraction() * 0.1))
  if (steps >= 1) act({ type: 'add-note', dossierId, text: note(draw) }, 'reception', at(0.1))
  if (steps >= 1 && draw.chance(0.35)) act({ type: 'add-note', dossierId, text: note(draw) }, 'reception', at(0.2))
  if (steps >= 2) act({ type: 'start-processing', dossierId }, 'specialist', at(0.3))
  if (steps >= 3) {
    const deliverable = { name: `Kết quả: ${procedure.name}`.slice(0, 300), number: `${draw.between(1, 900)}/2022` }
    act({ type: 'finish-dossier', dossierId, deliverable }, 'specialist', at(0.6))
  }
  if (steps >= 4) {
    const recipient = { name: personName(draw), relation: 'Người nộp' }
    act({ type: 'hand-over', dossierId, recipient, method: 'counter' }, 'reception', at(0.8))
  }
  return events
}

/** How far work went: old dossiers are done but for a few results nobody has come for. */
function stepsTaken(draw: Draw, recent: boolean): number {
  const chance = draw.fraction()
  if (!recent) return chance < 0.99 ? 4 : 3
  if (chance < 0.15) return 1
  if (chance < 0.55) return 2
  return chance < 0.8 ? 3 : 4
}

function note(draw: Draw): string {
  return draw.pick([
    'Đã gọi điện cho người nộp, hẹn chiều thứ Sáu đến bổ sung bản sao hộ khẩu.',
    `Người nộp xin lấy kết quả thay qua ${personName(draw)}, đã xem giấy ủy quyền.`,
    'Chuyển công chức Tư pháp - Hộ tịch kiểm tra sổ gốc năm 1987 trước khi trình ký.',
    'Đã tra cứu Cơ sở dữ liệu quốc gia về dân cư, thông tin khớp với giấy tờ xuất trình.',
  ])
}
