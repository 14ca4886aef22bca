import pg from 'pg'
import { expect, test } from 'vitest'
import { hintsPath } from '../../shared/wire/hint.ts'
import type { DeskClient } from '../harness/desk-client.ts'
import { receivedText } from '../harness/desk-events.ts'
import { testCluster } from '../harness/test-cluster.ts'
import type { TestDistrict } from '../harness/test-district.ts'

const cluster = testCluster()

interface Listening {
  readonly heard: number[]
  readonly ended: Promise<void>
  readonly stop: () => void
}

async function listen(desk: DeskClient, url = desk.url): Promise<Listening> {
  const aborting = new AbortController()
  const { headers } = await desk.sign('GET', hintsPath, new Uint8Array())
  const response = await fetch(url + hintsPath, { headers, signal: aborting.signal })
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toContain('text/event-stream')
  const heard: number[] = []
  const read = async () => {
    const decoder = new TextDecoder()
    for await (const part of response.body ?? []) {
      for (const match of decoder.decode(part).matchAll(/^data: (.*)$/gm)) heard.push(JSON.parse(match[1] ?? '').seq)
    }
  }
  return { heard, ended: read().catch(() => {}), stop: () => aborting.abort() }
}

const push = (desk: DeskClient, ordinal: number) => desk.exchange([desk.chain(receivedText(desk, { ordinal }))])

test('a desk hears where its unit stands, then each growth; another unit hears nothing of it', async () => {
  const district = await cluster.district()
  const [writer, reader, stranger] = [await district.enrol(), await district.enrol(), await district.enrol('kim-thai')]
  await push(writer, 1)
  const [near, far] = [await listen(reader), await listen(stranger)]
  await expect.poll(() => near.heard).toEqual([1])
  await push(writer, 2)
  await push(writer, 3)
  await expect.poll(() => near.heard).toEqual([1, 2, 3])
  expect(far.heard).toEqual([0])
  near.stop()
  far.stop()
})

test('news of another process on the same database is heard too', async () => {
  const district = await cluster.district()
  const twin = await cluster.twin(district)
  const [writer, reader] = [await district.enrol(), await district.enrol()]
  const near = await listen(reader, twin.url)
  await expect.poll(() => near.heard).toEqual([0])
  await push(writer, 1)
  await expect.poll(() => near.heard, { timeout: 5000 }).toEqual([0, 1])
  near.stop()
})

test('the session that listens is opened again after the database dropped it', async () => {
  const district = await cluster.district()
  const twin = await cluster.twin(district)
  const [writer, reader] = [await district.enrol(), await district.enrol()]
  const near = await listen(reader, twin.url)
  await expect.poll(() => near.heard).toEqual([0])
  const owner = new pg.Client({ connectionString: district.databaseUrl })
  await owner.connect()
  await owner.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'mot-cua-listen'
     and datname = current_database()`,
  )
  await owner.end()
  await push(writer, 1)
  await expect.poll(() => near.heard, { timeout: 10_000 }).toEqual([0, 1])
  near.stop()
})

test('a desk has one line of hints: a second one ends the first, closing the district ends all', async () => {
  const district: TestDistrict = await cluster.district()
  const desk = await district.enrol()
  const first = await listen(desk)
  const second = await listen(desk)
  await first.ended
  await district.close()
  await second.ended
})
