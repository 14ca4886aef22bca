import { fireEvent, screen } from '@testing-library/react'
import axe from 'axe-core'
import { expect, test } from 'vitest'
import { ctrl, press } from './keyboard.ts'
import { renderIntake } from './render-intake.tsx'

/** Colours need a real page and are looked at in Electron. */
async function violations(): Promise<readonly string[]> {
  const { violations: found } = await axe.run(document.body, {
    rules: { 'color-contrast': { enabled: false }, region: { enabled: false } },
  })
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}

test('the choice of a procedure has no axe violation', async () => {
  await renderIntake()
  expect(await violations()).toEqual([])
})

test.each(['1.001193', '2.000815', '1.000656'])('the form of %s has none, empty or full of errors', async (code) => {
  const { user } = await renderIntake({ hash: `#/intake?procedure=${code}` })
  expect(await violations()).toEqual([])
  await ctrl(user, '{Enter}')
  await screen.findAllByText('Cần điền ô này')
  expect(await violations()).toEqual([])
})

test('organisation, delegate, extra document and open lists have none', async () => {
  const { user } = await renderIntake({ hash: '#/intake?procedure=1.001193' })
  fireEvent.click(screen.getByRole('radio', { name: 'Tổ chức' }))
  fireEvent.click(screen.getByRole('checkbox', { name: 'Có người được ủy quyền đi nộp' }))
  fireEvent.click(screen.getByRole('button', { name: 'Thêm giấy tờ khác' }))
  screen.getByLabelText<HTMLInputElement>(/^Dân tộc/, { selector: '[name="declaration/child/ethnicity"]' }).focus()
  await press(user, '{ArrowDown}')
  expect(screen.getByRole('option', { name: 'Kinh' })).toBeVisible()
  expect(await violations()).toEqual([])
})
