import { expect, test } from 'vitest'
import { packRow, rowOf } from '../../../renderer/store/dossier-row.ts'
import { slotFrom } from '../../../renderer/store/index-slot.ts'
import type { DossierView } from '../../../shared/ipc/view.ts'
import { receivedDossier } from '../../harness/sample-dossiers.ts'
import { sampleId } from '../../harness/sample-events.ts'
import { compareSavedIndex } from '../../torture/electron/saved-index.ts'

function viewOf(number: number, position = number): DossierView {
  const id = sampleId(number) as DossierView['id']
  return { id, position, exchange: 'accepted', findings: [], dossier: { ...receivedDossier(), id } }
}

const views = [viewOf(1), viewOf(2), viewOf(3)]
const folded = new Map(views.map((view) => [view.id as string, view]))

function savedOf(changes: Record<string, unknown> = {}): ReadonlyMap<string, unknown> {
  const whole = {
    head: { pages: 1, position: 3 },
    'bounds-0': { stamp: 'one', pages: 1, bounds: [{ key: 0, id: '', sheet: 0 }] },
    'sheet-0': views.map((view) => packRow(rowOf(view))),
    'slots-0': views.map(slotFrom),
  }
  return new Map(Object.entries({ ...whole, ...changes }))
}

test('what was saved of each dossier is compared with the fold, and an older row is no fault', () => {
  const isWhole = { isSaved: true, rows: 3, slots: 3, rowsMissing: 0, rowsDifferent: [], slotsDifferent: [] }
  expect(compareSavedIndex(savedOf(), folded)).toEqual(isWhole)
  const older = [packRow(rowOf(viewOf(1, 0))), ...views.slice(1).map((view) => packRow(rowOf(view)))]
  expect(compareSavedIndex(savedOf({ 'sheet-0': older }), folded)).toEqual({ ...isWhole, rows: 2, rowsMissing: 1 })
  expect(compareSavedIndex(new Map(), folded)).toMatchObject({ isSaved: false, rows: 0, slots: 0 })
})

test('a row that would be shown and is another, is newer than the journal, or of no dossier, is told', () => {
  const row = rowOf(viewOf(1))
  const other = packRow({ ...row, dossier: { ...row.dossier, applicant: { name: 'Người khác' } } })
  const newer = packRow(rowOf(viewOf(2, 9)))
  const unknown = packRow(rowOf(viewOf(4)))
  expect(compareSavedIndex(savedOf({ 'sheet-7': [other, newer, unknown] }), folded).rowsDifferent).toEqual(
    [1, 2, 4].map(sampleId),
  )
})

test('a slot the head covers that is missing, older, there twice, or of no dossier, is told', () => {
  const slots = [slotFrom(viewOf(1, 0)), slotFrom(viewOf(3)), slotFrom(viewOf(3)), slotFrom(viewOf(4))]
  expect(compareSavedIndex(savedOf({ 'slots-0': slots }), folded).slotsDifferent).toEqual([1, 2, 3, 4].map(sampleId))
  const behind = savedOf({ 'slots-0': [slotFrom(viewOf(1))], head: { pages: 1, position: 1 } })
  expect(compareSavedIndex(behind, folded)).toMatchObject({ slots: 1, slotsDifferent: [] })
})
