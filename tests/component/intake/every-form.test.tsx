import { act, fireEvent, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { instantAt } from '../../../shared/core/time.ts'
import { fieldsOf } from '../../../shared/law/declaration-form.ts'
import { checkDeclaration } from '../../../shared/law/declaration-schema.ts'
import { catalogue } from '../../harness/catalogue.ts'
import { answersFor } from './answers.ts'
import { IntakeDesk } from './intake-desk.ts'
import { renderIntake } from './render-intake.tsx'

const procedures = catalogue.procedures.map((procedure) => {
  const { effectiveFrom, effectiveTo } = procedure
  const today = effectiveFrom <= '2022-08-17' ? '2022-08-17' : '2026-11-23'
  const day = effectiveTo !== undefined && effectiveTo < today ? effectiveTo : today
  return { name: `${procedure.code} v${procedure.version} ${procedure.shortName ?? procedure.name}`, procedure, day }
})

test.each(procedures)('$name: shown, answered and received', async ({ procedure, day }) => {
  const desk = new IntakeDesk()
  desk.setNow(instantAt(day, '09:00'))
  await renderIntake({ desk, hash: `#/intake?procedure=${procedure.code}` })

  set('applicant/name', 'Vũ Thị Thảo')
  for (const [key, text] of Object.entries(answersFor(procedure))) set(`declaration/${key.replaceAll('.', '/')}`, text)
  set('fee/entered', '50.000')
  set('due/date', '31/12/2030')
  fireEvent.keyDown(window, { key: 'F6' })
  await act(async () => fireEvent.keyDown(window, { key: 'Enter', ctrlKey: true }))

  expect(await screen.findByRole('heading', { name: 'Đã tiếp nhận' })).toBeVisible()
  const command = desk.executed[0]?.command
  if (command?.type !== 'receive-dossier') throw new Error('nothing was received')
  expect(checkDeclaration(procedure.form, command.declaration)).toEqual([])
  const required = fieldsOf(procedure.form).filter((field) => field.required && !field.when)
  expect(Object.keys(command.declaration)).toEqual(expect.arrayContaining(required.map(({ key }) => key)))
})

/** Fields that this procedure does not show are left. */
function set(name: string, value: string): void {
  const field = document.querySelector<HTMLInputElement>(`[name="${name}"]`)
  if (!field) return
  fireEvent.change(field, { target: { value } })
  fireEvent.blur(field)
}
