import fs from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pinOf } from '../../district/tls/pins.ts'
import { enrol } from '../../electron/enrolment/enrol.ts'
import { meetServer } from '../../electron/exchange/pinned-transport.ts'
import { parseEnrolmentCode, pinSignsOf } from '../../shared/wire/enrolment.ts'
import { bundleDistrict, type DistrictProgram, lastLine, type ServedDistrict } from '../harness/district-program.ts'
import { openNodeDesk } from '../harness/node-desk.ts'
import { tempFolder } from '../harness/temp-folder.ts'
import { makeTestFolder } from '../harness/test-district.ts'

/** The commands as whoever keeps the server types them. */
let program: DistrictProgram
let data: string
let served: ServedDistrict
beforeAll(async () => {
  program = bundleDistrict('cli-security')
  data = makeTestFolder()
  served = await program.serve(data, '--seed', 'vu-ban-2022', '--tls')
}, 120_000)
afterAll(async () => {
  await served?.end('SIGTERM')
  fs.rmSync(data, { recursive: true, force: true })
})

const certificateIn = (which: string) => pinOf(fs.readFileSync(path.join(data, 'tls', `${which}.pem`), 'utf8'))

test('serve --tls, enrol-code, retire-desk: a code carries the key, a retired desk is refused and can be let in again', async () => {
  expect(served.url).toMatch(/^https:/)
  const met = await meetServer(served.url)
  expect(met.pin).toBe(certificateIn('current'))
  const code = lastLine(program.run('enrol-code', '--data', data, '--unit', 'goi', '--name', 'Quầy 1').stdout)
  expect(parseEnrolmentCode(code)).toMatchObject({ complete: true, pin: pinSignsOf(met.pin) })

  const desk = await openNodeDesk({ folder: tempFolder() })
  try {
    expect(await enrol({ url: served.url, code, deskName: 'x' }, desk)).toMatchObject({ ok: true })
    desk.startExchange()
    const line = async () => {
      await desk.findExchange()?.now()
      const { line, code } = desk.findExchange()?.status() ?? {}
      return [line, code]
    }
    expect(await line()).toEqual(['online', undefined])
    const deskId = desk.identity.current()?.deskId ?? ''
    expect(program.run('status', '--data', data).stdout).toContain(deskId)
    expect(program.run('retire-desk', '--data', data, '--desk', 'nobody').status).toBe(1)
    expect(program.run('retire-desk', '--data', data, '--desk', deskId).stdout).toContain('goi · Quầy 1: retired')
    expect(await line()).toEqual(['refused', 'desk/retired'])
    expect(program.run('status', '--data', data).stdout).toMatch(/Quầy 1 · .* · retired/)
    expect(program.run('status', '--data', data).stdout).toContain('desk/may-have-unsent')
    expect(program.run('retire-desk', '--data', data, '--desk', deskId, '--undo').status).toBe(0)
    expect(program.run('status', '--data', data).stdout).not.toContain('desk/may-have-unsent')
    expect(await line()).toEqual(['online', undefined])
  } finally {
    await desk.close()
  }
})

test('renew-tls takes the key that was announced, and codes carry it at once', async () => {
  const announced = certificateIn('next')
  expect(program.run('renew-tls', '--data', data).status).toBe(0)
  expect(certificateIn('current')).toBe(announced)
  expect(certificateIn('next')).not.toBe(announced)
  const code = lastLine(program.run('enrol-code', '--data', data, '--unit', 'goi').stdout)
  expect(parseEnrolmentCode(code).pin).toBe(pinSignsOf(announced))
})

test('a certificate of a proxy is named by file or digits, and contradictions are refused before anything starts', () => {
  const folder = tempFolder()
  const complaint = (...args: string[]) => program.run('serve', '--data', folder, ...args).stderr
  expect(complaint('--tls', '--pin', 'a'.repeat(64))).toContain('Choose one')
  expect(complaint('--tls-cert', 'x.pem')).toContain('belong together')
  expect(complaint('--pin', 'short')).toContain('cannot be read')
  expect(complaint('--next-pin', 'a'.repeat(64))).toContain('needs --pin')
  expect(complaint('--tls', '--next-pin', 'a'.repeat(64))).toContain('by itself')
})
