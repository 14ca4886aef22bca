import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { renderIntake } from './render-intake.tsx'

test('a birth is registered with the keyboard alone', async () => {
  const { user, desk } = renderIntake()
  await user.keyboard('dkks{Enter}')
  expect(screen.getByRole('heading', { name: 'Tiếp nhận: Đăng ký khai sinh' })).toBeVisible()
  expect(screen.getByLabelText(/^Họ và tên/)).toHaveFocus()
  await user.keyboard('Vũ Thị Thảo{Enter}036190012345{Enter}14051990{Enter}')
  expect(screen.getByLabelText('Giới tính', { selector: '[name="applicant/gender"]' })).toHaveFocus()
  expect(screen.getByLabelText('Ngày sinh', { selector: '[name="applicant/bornOn"]' })).toHaveValue('14/05/1990')
  await user.keyboard('{Control>}{Enter}{/Control}')
  expect(desk.executed).toHaveLength(0)
  expect(await screen.findAllByText('Cần điền ô này')).not.toHaveLength(0)
})
