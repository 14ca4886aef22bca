import { createEvent, fireEvent, screen, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { press, typeText } from './keyboard.ts'
import { renderIntake } from './render-intake.tsx'

const birth = '#/intake?procedure=1.001193'
const card = '036199999992||TRẦN THỊ MẪU|01121999|Nữ|Thôn Vân Cát, Kim Thái, Vụ Bản, Nam Định|22082022'

function field(name: string): HTMLInputElement {
  const found = document.querySelector<HTMLInputElement>(`[name="${name}"]`)
  if (!found) throw new Error(`no field ${name}`)
  return found
}

let clock = 100_000

/** A key at a moment of the keyboard's own clock: a slow test machine is no slow scanner. */
function keyDown(key: string, gapMs: number): boolean {
  const target = document.activeElement ?? document.body
  const event = createEvent.keyDown(target, { key })
  clock += gapMs
  Object.defineProperty(event, 'timeStamp', { value: clock })
  return fireEvent(target, event)
}

/** A keyboard-wedge scanner: keys without pause, into whatever has the focus. */
function scan(text: string): void {
  clock += 10_000
  for (const key of text) {
    const target = document.activeElement ?? document.body
    const goesOn = keyDown(key, 4)
    if (goesOn && target instanceof HTMLInputElement && target.type === 'text') {
      fireEvent.input(target, { target: { value: target.value + key } })
    }
  }
  keyDown('Enter', 4)
}

test('a scan anywhere fills the empty applicant, leaves no trace in the focused field and can be taken back', async () => {
  const { user } = await renderIntake({ hash: birth })
  field('declaration/child/name').focus()
  await typeText(user, 'Trần Minh')
  scan(card)
  expect(field('declaration/child/name')).toHaveValue('Trần Minh')
  expect(field('declaration/child/name')).toHaveFocus()
  expect(field('applicant/name')).toHaveValue('TRẦN THỊ MẪU')
  expect(field('applicant/personalId')).toHaveValue('036199999992')
  expect(field('applicant/bornOn')).toHaveValue('01/12/1999')
  expect(field('applicant/gender')).toHaveValue('female')
  expect(field('applicant/address')).toHaveValue('Thôn Vân Cát, Kim Thái, Vụ Bản, Nam Định')
  expect(screen.getByText('Quét CCCD điền 5 ô xanh, hỏi lại cho chắc')).toBeVisible()
  await user.click(screen.getByRole('button', { name: 'Bỏ' }))
  expect(field('applicant/name')).toHaveValue('')
  expect(field('declaration/child/name')).toHaveValue('Trần Minh')
})

test('with an applicant known, a scan fills the person the cursor is in', async () => {
  const { user } = await renderIntake({ hash: birth })
  await typeText(user, 'Vũ Thị Thảo')
  field('declaration/father/name').focus()
  scan('036085999991|162999991|NGUYỄN VĂN THỬ|14021985|Nam|Thị trấn Gôi, Vụ Bản, Nam Định|10052021')
  expect(field('declaration/father/name')).toHaveValue('NGUYỄN VĂN THỬ')
  expect(field('declaration/father/bornOn')).toHaveValue('14/02/1985')
  expect(field('declaration/father/personalId')).toHaveValue('036085999991')
  expect(field('applicant/name')).toHaveValue('Vũ Thị Thảo')
})

test('a value that differs is asked about and never overwritten by itself', async () => {
  const { user } = await renderIntake({ hash: birth })
  await typeText(user, 'Trần Thị Mẫn')
  scan(card)
  const dialog = await screen.findByRole('dialog', { name: 'Thẻ khác với điều đã gõ' })
  expect(within(dialog).getByRole('row', { name: 'Họ và tên Trần Thị Mẫn TRẦN THỊ MẪU' })).toBeVisible()
  expect(field('applicant/name')).toHaveValue('Trần Thị Mẫn')
  expect(field('applicant/personalId')).toHaveValue('036199999992')
  await user.click(within(dialog).getByRole('button', { name: 'Lấy theo thẻ' }))
  expect(field('applicant/name')).toHaveValue('TRẦN THỊ MẪU')
})

test('a scanner that breaks letters is believed for digits only', async () => {
  await renderIntake({ hash: birth })
  scan('036199999992||TRáº¦N THá»Š MáºªU|01121999|Ná»¯|Kim ThÃ¡i|22082022')
  expect(field('applicant/personalId')).toHaveValue('036199999992')
  expect(field('applicant/bornOn')).toHaveValue('01/12/1999')
  expect(field('applicant/name')).toHaveValue('')
  expect(screen.getByText(/Máy quét không đọc đúng chữ có dấu/)).toBeVisible()
})

test('digits of a scan choose no document state', async () => {
  const { user } = await renderIntake({ hash: birth })
  await press(user, '{Control>}4{/Control}')
  scan(card)
  expect(await screen.findByText('Còn thiếu 3')).toBeVisible()
  expect(field('applicant/personalId')).toHaveValue('036199999992')
})

test('F4 copies the applicant into the person the cursor is in', async () => {
  const { user } = await renderIntake({ hash: birth })
  scan(card)
  field('declaration/mother/name').focus()
  await press(user, '{F4}')
  expect(field('declaration/mother/name')).toHaveValue('TRẦN THỊ MẪU')
  expect(field('declaration/mother/bornOn')).toHaveValue('01/12/1999')
  expect(field('declaration/mother/personalId')).toHaveValue('036199999992')
  expect(screen.getByText('Đã chép người nộp vào “Mẹ”.')).toBeVisible()
  await press(user, '{Control>}z{/Control}')
  expect(field('declaration/mother/name')).toHaveValue('')
  field('applicant/phone').focus()
  await press(user, '{F4}')
  expect(screen.getByText('Đặt con trỏ vào phần khai về một người rồi bấm F4.')).toBeVisible()
})
