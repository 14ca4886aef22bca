import { scryptSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { createSession } from '../../../electron/session/session.ts'
import type { StaffMember } from '../../../shared/law/staff.ts'

const salt = Buffer.from('0123456789abcdef')
const member = {
  id: 'goi.hanh',
  unitId: 'goi',
  name: 'Phạm Thị Hạnh',
  title: 'Công chức',
  role: 'reception',
  active: true,
  signIn: {
    salt: salt.toString('base64'),
    hash: scryptSync('4711', salt, 32, { N: 1024 }).toString('base64'),
    cost: 1024,
  },
} as unknown as StaffMember

function sessionAt(now: () => number) {
  const reference = { findStaff: (id: string) => (id === member.id ? member : undefined) }
  return createSession(reference as Parameters<typeof createSession>[0], now)
}

test('the right code opens the session, a wrong one tells how many tries are left', async () => {
  const session = sessionAt(() => 0)
  expect(await session.signIn('goi.hanh', '0000')).toMatchObject({
    ok: false,
    error: { code: 'session/wrong-code', triesLeft: 4 },
  })
  expect(session.staff()).toBeUndefined()
  expect(await session.signIn('goi.hanh', '4711')).toMatchObject({ ok: true })
  expect(session.staff()).toMatchObject({ name: 'Phạm Thị Hạnh', role: 'reception' })
})

test('guesses side by side are counted one by one: the sixth is locked out, even with the right code', async () => {
  const session = sessionAt(() => 0)
  const guesses = ['1', '2', '3', '4', '5', '4711'].map((code) => session.signIn('goi.hanh', code))
  const codes = (await Promise.all(guesses)).map((answer) => (answer.ok ? 'opened' : answer.error.code))
  expect(codes).toEqual([...Array(4).fill('session/wrong-code'), 'session/locked', 'session/locked'])
  expect(session.staff()).toBeUndefined()
})

test('the lock opens again after its minute', async () => {
  let now = 0
  const session = sessionAt(() => now)
  for (let guess = 0; guess < 5; guess += 1) await session.signIn('goi.hanh', 'x')
  now = 61_000
  expect(await session.signIn('goi.hanh', '4711')).toMatchObject({ ok: true })
})
