import { screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { procedureOf } from '../../harness/catalogue.ts'
import { answersFor, typedApplicant } from './answers.ts'
import { ctrl, fillWithEnter, press } from './keyboard.ts'
import { renderIntake } from './render-intake.tsx'

const busy = [
  ['dkks', '1.001193', 'khai sinh'],
  ['xac nhan tinh trang', '1.004873', 'xác nhận tình trạng hôn nhân'],
  ['2.000815', '2.000815', 'chứng thực bản sao'],
  ['dang ky khai tu', '1.000656', 'khai tử'],
  ['2.000635', '2.000635', 'cấp bản sao trích lục'],
] as const

test.each(busy)('"%s": %s (%s) is received and printed without touching the mouse', async (typed, code) => {
  const { user, desk } = await renderIntake()
  const procedure = procedureOf(code)
  await press(user, `${typed}{Enter}`)
  expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent(procedure.shortName ?? procedure.name)

  const answers = answersFor(procedure, (field) => field.required || field.kind === 'count')
  const declared = Object.fromEntries(
    Object.entries(answers).map(([key, text]) => [`declaration/${key.replaceAll('.', '/')}`, text]),
  )
  const visited = await fillWithEnter(user, { ...typedApplicant, ...declared })
  expect(visited).toEqual(expect.arrayContaining(Object.keys(declared)))

  await press(user, '{F6}')
  if (screen.queryByLabelText(/^Số tiền phải thu/)) {
    await ctrl(user, '{Enter}')
    expect(await screen.findByText('Cần nhập số tiền; không thu thì gõ 0')).toBeVisible()
    expect(screen.getByLabelText(/^Số tiền phải thu/)).toHaveFocus()
    await press(user, '10.000')
  }
  await ctrl(user, '{Enter}')
  expect(await screen.findByRole('heading', { name: 'Đã tiếp nhận' })).toBeVisible()
  expect(screen.getByText('000.01.18.H40-220817-0001')).toBeVisible()
  await waitFor(() => expect(screen.getByText(/Đã gửi biên nhận tới máy in HP 107a/)).toBeVisible())
  expect(desk.printed).toEqual([{ dossierId: desk.executed[0]?.command.dossierId, reprint: false }])

  const [{ command } = { command: undefined }] = desk.executed
  expect(command).toMatchObject({
    type: 'receive-dossier',
    procedureCode: code,
    channel: 'direct',
    delivery: 'counter',
    applicant: {
      kind: 'person',
      name: 'Vũ Thị Thảo',
      personalId: '036190012345',
      bornOn: '1990-05-14',
      gender: 'female',
    },
  })

  await press(user, '{F2}')
  expect(screen.getByRole('combobox', { name: 'Thủ tục' })).toHaveFocus()
  expect(screen.getByRole('combobox', { name: 'Thủ tục' })).toHaveValue('')
})

test('Enter passes from field to field and never receives', async () => {
  const { user, desk } = await renderIntake({ hash: '#/intake?procedure=1.001193' })
  await press(user, 'Vũ Thị Thảo')
  for (let step = 0; step < 80; step += 1) await press(user, '{Enter}')
  expect(desk.executed).toHaveLength(0)
  expect(screen.getByRole('button', { name: /Tiếp nhận và in/ })).toBeVisible()
})

test('Ctrl 1–5 go to the parts', async () => {
  const { user } = await renderIntake({ hash: '#/intake?procedure=1.001193' })
  await ctrl(user, '3')
  expect(document.activeElement).toHaveAttribute('name', 'declaration/applicantRelation')
  await ctrl(user, '4')
  expect(document.activeElement?.closest('[data-section]')).toHaveAttribute('data-section', 'documents')
  await ctrl(user, '5')
  expect(document.activeElement?.closest('[data-section]')).toHaveAttribute('data-section', 'fee')
  await ctrl(user, '2')
  expect(screen.getByLabelText(/^Họ và tên/)).toHaveFocus()
  await ctrl(user, '1')
  expect(screen.getByRole('combobox', { name: 'Thủ tục' })).toHaveFocus()
})
