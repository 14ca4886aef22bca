import { fireEvent, screen, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { instantAt } from '../../../shared/core/time.ts'
import { catalogue } from '../../harness/catalogue.ts'
import { IntakeDesk } from './intake-desk.ts'
import { renderIntake } from './render-intake.tsx'

const birth = '#/intake?procedure=1.001193'

function set(name: string, value: string): void {
  const field = document.querySelector<HTMLInputElement>(`[name="${name}"]`)
  if (!field) throw new Error(`no field ${name}`)
  fireEvent.change(field, { target: { value } })
  fireEvent.blur(field)
}

function receipt() {
  return within(screen.getByRole('region', { name: 'Xem trước biên nhận' }))
}

test('the fee follows the declaration, in figures and in words', async () => {
  await renderIntake({ hash: birth })
  expect(await receipt().findByText('Không thu')).toBeVisible()
  set('declaration/copies/count', '2')
  expect(await receipt().findByText('2 bản sao trích lục × 8.000 đ = 16.000 đ')).toBeVisible()
  expect(await receipt().findByText('Mười sáu nghìn đồng')).toBeVisible()
  expect(await within(screen.getByRole('complementary')).findAllByText('16.000 đ')).not.toHaveLength(0)
  set('fee/exemption', 'Người thuộc hộ nghèo')
  expect(await receipt().findByText('Miễn: Người thuộc hộ nghèo')).toBeVisible()
})

test('no number is shown before the dossier is saved', async () => {
  await renderIntake({ hash: birth })
  expect(await receipt().findByText('Số sẽ cấp khi lưu')).toBeVisible()
  expect(receipt().getByText('A5, 2 liên')).toBeVisible()
  expect(receipt().getByText(/^Mã QR in theo mã hồ sơ/)).toBeVisible()
})

test('before the cut-off the result is due the same day, after it the next working day', async () => {
  await renderIntake({ hash: birth })
  expect(await receipt().findByText('17:00, 17/08/2022')).toBeVisible()
})

test('after 15:00 the next working day is promised and the reason is said', async () => {
  const desk = new IntakeDesk()
  desk.setNow(instantAt('2022-08-17', '15:20'))
  await renderIntake({ desk, hash: birth })
  expect(await receipt().findByText('17:00, 18/08/2022')).toBeVisible()
  expect(await screen.findByText('Nhận sau 15:00: hẹn sang ngày làm việc kế tiếp.')).toBeVisible()
})

test('an unknown processing time is entered and marked as not verified', async () => {
  const unknown = catalogue.procedures.find(
    ({ processing, effectiveFrom }) => processing.rule === 'entered' && effectiveFrom <= '2022-08-17',
  )
  await renderIntake({ hash: `#/intake?procedure=${unknown?.code}` })
  set('due/date', '25/08/2022')
  set('due/time', '8h30')
  expect(await receipt().findByText('08:30, 25/08/2022 (chưa kiểm chứng)')).toBeVisible()
})
