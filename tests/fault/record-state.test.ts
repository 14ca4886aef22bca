import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test, vi } from 'vitest'
import type { Desk } from '../../electron/desk.ts'
import { chainEvent } from '../../electron/journal/chain.ts'
import { projectionPage } from '../../electron/projection/projection.ts'
import type { StoredEvent } from '../../shared/domain/event.ts'
import { openNodeDesk } from '../harness/node-desk.ts'
import { sampleEvent, sampleReception } from '../harness/sample-events.ts'
import { sampleIdentity } from '../harness/sample-identity.ts'
import { tempFolder } from '../harness/temp-folder.ts'

/** A district that takes every request and answers none, until the line is cut. */
async function openSilentDistrict() {
  const server = http.createServer((request) => void request.resume())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

function append({ journal }: Desk, event: StoredEvent) {
  return journal.append([{ own: [chainEvent(journal.index.chain, event)] }])
}

/** The states main gives the page to keep. */
async function storedStates({ journal }: Desk): Promise<readonly string[]> {
  const page = await projectionPage(journal, { after: 0, limit: 100 })
  return page.changes.map(({ exchange }) => exchange)
}

test('sent, noted while on the line, cut, killed, opened without a line: a record waits, and is sent only while it is', async () => {
  const district = await openSilentDistrict()
  const folder = tempFolder()
  const desk = await openNodeDesk({ folder })
  onTestFinished(() => desk.close())
  await desk.identity.save({ ...(await sampleIdentity()), districtUrl: district.url })
  const received = sampleReception(1, 1, 1)
  await append(desk, received)

  desk.startExchange()
  const status = () => desk.findExchange()?.status()
  await vi.waitFor(() => expect(status()?.sending).toEqual([received.dossierId]))
  await append(desk, sampleEvent(2, 1, 2))
  expect(await storedStates(desk)).toEqual(['waiting'])

  district.cut()
  await vi.waitFor(() => expect(status()?.line).toBe('offline'))
  expect(status()?.sending).toEqual([])
  expect(await storedStates(desk)).toEqual(['waiting'])

  await desk.findExchange()?.stop()
  const afterKill = await openNodeDesk({ folder })
  onTestFinished(() => afterKill.close())
  expect(await storedStates(afterKill)).toEqual(['waiting'])
})
