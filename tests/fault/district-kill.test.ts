import fs from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type DeskClient, enrolDesk } from '../harness/desk-client.ts'
import { receivedText } from '../harness/desk-events.ts'
import {
  bundleDistrict,
  type DistrictProgram,
  findPostgres,
  lastLine,
  type ServedDistrict,
} from '../harness/district-program.ts'
import { seededRandom } from '../harness/seeded-random.ts'
import { makeTestFolder } from '../harness/test-district.ts'

let district: DistrictProgram
let folder: string
let served: ServedDistrict | undefined
beforeAll(() => {
  district = bundleDistrict('district-kill')
  folder = makeTestFolder()
}, 120_000)
afterAll(async () => {
  await served?.end('SIGTERM').catch(() => {})
  fs.rmSync(folder, { recursive: true, force: true })
})

const rounds = Number(process.env['TEST_KILLS'] ?? 6)
const seed = Number(process.env['TEST_SEED'] ?? 7)

function isAlive(pid: number | undefined): boolean {
  if (!pid) return false
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

async function enrol(data: string, url: string): Promise<DeskClient> {
  const made = district.run('enrol-code', '--data', data, '--unit', 'goi')
  expect(made.stderr).toBe('')
  return enrolDesk(url, lastLine(made.stdout))
}

/** A desk after a restart of its district, which took another port. */
function follow(desk: DeskClient, url: string): DeskClient {
  Object.assign(desk, { url })
  return desk
}

test('a district told to stop closes its database and leaves the folder to the next', async () => {
  const data = path.join(folder, 'stopped')
  served = await district.serve(data, '--seed', 'vu-ban-2022')
  const postgres = findPostgres(data)
  expect(isAlive(postgres)).toBe(true)
  const second = district.run('serve', '--data', data)
  expect(second.status).toBe(1)
  expect(second.stderr).toContain('already running')
  const desk = await enrol(data, served.url)
  await desk.exchange([desk.chain(receivedText(desk))])
  expect(district.run('status', '--data', data).stdout).toMatch(/unit · goi · 1 dossiers · 1 events/)
  expect(await served.end('SIGTERM')).toBe(0)
  expect(isAlive(postgres)).toBe(false)
  expect(district.run('status', '--data', data).stdout).toContain('not running')
  served = await district.serve(data)
  expect((await follow(desk, served.url).exchange()).ownHead).toEqual(desk.head)
  expect(await served.end('SIGINT')).toBe(0)
})

test('the log knows no names, numbers or codes of anybody', async () => {
  const data = path.join(folder, 'logged')
  served = await district.serve(data, '--seed', 'vu-ban-2022')
  const made = district.run('enrol-code', '--data', data, '--unit', 'goi')
  const desk = await enrolDesk(served.url, lastLine(made.stdout), 'Quầy bí mật')
  await desk.exchange([desk.chain(receivedText(desk, { name: 'Lò Thị Bí Mật' }))])
  await desk.post({ ...desk.exchangeRequest(), cursor: 'Lò Thị Bí Mật 036185001234' })
  await fetch(`${served.url}/L%C3%B2-Th%E1%BB%8B`)
  await served.end('SIGTERM')
  const log = served.log()
  expect(log).toContain(desk.deskId)
  expect(log).toContain('"code":"request/malformed"')
  for (const secret of ['Bí Mật', 'B%C3%AD', 'L%C3%B2', '036185001234', 'bí mật', lastLine(made.stdout)]) {
    expect(log).not.toContain(secret)
  }
})

test(`killed ${rounds} times in the middle of pushes, with or without its database, nothing acknowledged is lost or doubled`, async () => {
  const data = path.join(folder, 'killed')
  const random = seededRandom(seed)
  const acknowledged = new Set<string>()
  let desk: DeskClient | undefined
  let unsent: ReturnType<DeskClient['chain']>[] = []
  let ordinal = 0
  for (let round = 0; round <= rounds; round += 1) {
    served = await district.serve(data, '--seed', 'vu-ban-2022')
    desk = desk ? follow(desk, served.url) : await enrol(data, served.url)
    const killAt = performance.now() + 100 + random() * 700
    const alsoDatabase = random() < 0.5
    const { process: program } = served
    const killing =
      round === rounds
        ? undefined
        : setTimeout(() => {
            const postgres = findPostgres(data)
            program.kill('SIGKILL')
            if (alsoDatabase && postgres) process.kill(postgres, 'SIGKILL')
          }, killAt - performance.now())
    for (let push = 0; push < (killing ? 500 : 1); push += 1) {
      while (unsent.length < 20) {
        ordinal += 1
        unsent.push(desk.chain(receivedText(desk, { ordinal })))
      }
      const reply = await desk.exchange(unsent).catch(() => undefined)
      if (!reply) break
      for (const verdict of reply.verdicts) {
        expect(verdict).toMatchObject({ verdict: 'accepted', findings: [] })
        acknowledged.add(verdict.eventId)
      }
      unsent = []
    }
    clearTimeout(killing)
    if (killing) await served.end('SIGKILL')
  }
  if (!desk) throw new Error('no desk')
  desk.cursor = { epoch: '', seq: 0 }
  const stream: string[] = []
  let more = true
  while (more) {
    const page = await desk.exchange()
    stream.push(...page.events.map(({ eventId }) => eventId))
    more = page.more
  }
  expect(acknowledged.size).toBeGreaterThan(rounds * 10)
  expect(new Set(stream).size).toBe(stream.length)
  expect([...acknowledged].filter((id) => !stream.includes(id))).toEqual([])
  expect(stream).toHaveLength(ordinal)
  await served?.end('SIGTERM')
}, 300_000)
