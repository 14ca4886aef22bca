import { expect, test } from 'vitest'
import { dueWordsOf, holderOf, shortNumberOf, stepToneOf } from '../../../../renderer/features/dossier/dossier-words.ts'
import { type ListedDossier, packRow, rowOf, unpackRow } from '../../../../renderer/store/dossier-row.ts'
import { slotFrom } from '../../../../renderer/store/index-slot.ts'
import type { StaffId } from '../../../../shared/core/ids.ts'
import type { DossierView } from '../../../../shared/ipc/view.ts'
import { createFakeDesk, fakeOfficer } from '../../../harness/fake-desk.ts'
import { fillOffice } from '../../../harness/sample-office.ts'

const now = '2022-08-17T02:47:00.000Z'

/** Everything a line of the list says. */
function lineOf(dossier: ListedDossier): unknown {
  const { applicant, procedure, state } = dossier
  const holder = holderOf(dossier, (id) => `officer ${id}`)
  const { code, version } = procedure
  const words = [dueWordsOf(dossier, now), stepToneOf(dossier), holder, shortNumberOf(dossier)]
  return { words, name: applicant.name, code, version, status: state.status }
}

test('a row says of a dossier in any condition what the whole dossier says', () => {
  const desk = createFakeDesk({ signedIn: fakeOfficer })
  fillOffice(desk, 60)
  const [first, ...others] = desk.views()
  if (!first) throw new Error('an empty office')
  const state = { status: 'refused', refusedAt: now, staffId: fakeOfficer as StaffId, reason: 'thiếu' } as const
  const views: readonly DossierView[] = [{ ...first, dossier: { ...first.dossier, state } }, ...others]
  expect(new Set(views.map(({ dossier }) => dossier.state.status))).toEqual(
    new Set(['received', 'in-processing', 'finished', 'handed-over', 'refused']),
  )
  for (const view of views) {
    const row = unpackRow(JSON.parse(JSON.stringify(packRow(rowOf(view)))), slotFrom(view))
    expect(row).toEqual(rowOf(view))
    const { id, position, exchange } = row
    expect({ id, position, exchange }).toEqual({ id: view.id, position: view.position, exchange: view.exchange })
    expect(lineOf(row.dossier)).toEqual(lineOf(view.dossier))
    expect(JSON.stringify(packRow(row)).length).toBeLessThan(JSON.stringify(view).length / 5)
  }
})
