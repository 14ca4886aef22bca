import type { DossierId } from '../../shared/core/ids.ts'
import { addDays, instantAt } from '../../shared/core/time.ts'
import type { Procedure } from '../../shared/law/procedure.ts'
import { isWorkingDay } from '../../shared/law/working-calendar.ts'
import { calendar, procedureOf } from './catalogue.ts'
import { type FakeDesk, fakeLeader, fakeOfficer, fakeSpecialist } from './fake-desk.ts'
import { receiveCommand } from './sample-commands.ts'
import { sampleId } from './sample-events.ts'
import { seededRandom } from './seeded-random.ts'

const families = ['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Vũ', 'Đặng', 'Bùi', 'Đỗ', 'Hoàng', 'Dương']
const middles = ['Văn', 'Thị', 'Đức', 'Ngọc', 'Hữu', 'Minh', 'Quang']
const given = ['An', 'Bình', 'Dũng', 'Hạnh', 'Lan', 'Hương', 'Tuấn', 'Quý', 'Nga', 'Thảo', 'Thủy', 'Khoa']
const hamlets = ['Lương Kiệt', 'Tây Côi Sơn', 'Vân Côi', 'Côi Sơn', 'Mỹ Côi']
const codes = [
  '1.001193',
  '1.004873',
  '1.000894',
  '2.000635',
  '2.000815',
  '1.000656',
  '1.004859',
  '1.004837',
  '2.001035',
  '1.004884',
]

/** An office in the middle of a week: what a clerk sees on Wednesday 17/08/2022. Repeats with the seed. */
export function fillOffice(desk: FakeDesk, count: number, seed = 11): void {
  const random = seededRandom(seed)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  const digits = (length: number) => Array.from({ length }, () => Math.floor(random() * 10)).join('')
  for (let index = 0; index < count; index += 1) {
    const day = workingDayBack(Math.floor(random() * 9))
    const procedure: Procedure = procedureOf(pick(codes), day)
    const at = instantAt(
      day,
      `${day === today ? '08' : pick(['08', '09', '10', '14', '15'])}:${10 + Math.floor(random() * 49)}`,
    )
    const dossierId = sampleId(3_000_000 + seed * 100_000 + index) as DossierId
    const name = `${pick(families)} ${pick(middles)} ${pick(given)}`
    const command = receiveCommand(procedure, dossierId, {
      applicant: {
        kind: 'person',
        name,
        personalId: `0361${digits(8)}`,
        bornOn: pick(['1985-11-21', '1952', '1990-05', '1978-02-14']),
        gender: pick(['male', 'female'] as const),
        phone: `09${digits(8)}`,
        address: `Tổ dân phố ${pick(hamlets)}, thị trấn Gôi`,
      },
    })
    const done = desk.execute(fakeOfficer, command, at)
    // Old work is mostly done: only a few dossiers are late on an ordinary day.
    const state = done.dossier.state
    const late = state.status === 'received' && state.reception.due.dueAt < '2022-08-17T03:00:00.000Z'
    advance(desk, dossierId, procedure, late && random() > 0.03 ? 0.5 + random() / 2 : random())
    if (random() > 0.08) desk.mark(dossierId, 'accepted')
  }
}

const today = '2022-08-17'

function workingDayBack(days: number): string {
  let day = today
  for (let left = days; left > 0; ) {
    day = addDays(day, -1)
    if (isWorkingDay(calendar, day)) left -= 1
  }
  return day
}

function advance(desk: FakeDesk, dossierId: DossierId, procedure: Procedure, luck: number): void {
  if (luck < 0.25) return
  desk.execute(fakeSpecialist, { type: 'start-processing', dossierId }, '2022-08-17T01:10:00.000Z')
  if (luck < 0.3) {
    desk.execute(
      fakeSpecialist,
      { type: 'add-note', dossierId, text: 'Chờ đối chiếu sổ gốc năm 1998.' },
      '2022-08-17T02:31:00.000Z',
    )
  }
  if (luck < 0.5) return
  const deliverable = { name: procedure.deliverable.name, number: '48/2022' }
  desk.execute(fakeSpecialist, { type: 'finish-dossier', dossierId, deliverable }, '2022-08-17T01:40:00.000Z')
  if (luck < 0.62) return
  const recipient = { name: 'Người nộp', relation: 'Người nộp' }
  desk.execute(fakeLeader, { type: 'hand-over', dossierId, recipient, method: 'counter' }, '2022-08-17T02:05:00.000Z')
}
