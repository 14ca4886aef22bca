import { createHash } from 'node:crypto'
import fs from 'node:fs'
import { expect, test } from 'vitest'
import { replySignatureInput } from '../../../shared/wire/exchange.ts'
import { receivedText } from '../../harness/desk-events.ts'
import { TestCluster } from '../../harness/test-district.ts'
test('measure', async () => {
  const cluster = await TestCluster.start()
  const district = await cluster.district()
  const desk = await district.enrol()
  let n = 0
  const times: Record<string, number[]> = { push: [], pull: [], signature: [], events: [] }
  for (let round = 0; round < 6; round += 1) {
    const events = Array.from({ length: 2000 }, () => desk.chain(receivedText(desk, { ordinal: (n += 1) })))
    const request = desk.exchangeRequest(events)
    let t = performance.now()
    const a = await desk.post(request, { pack: true })
    times.push!.push(performance.now() - t)
    expect(a.status).toBe(200)
    t = performance.now()
    const reply = await desk.exchange()
    times.pull!.push(performance.now() - t)
    t = performance.now()
    createHash('sha256').update(replySignatureInput(reply)).digest('hex')
    times.signature!.push(performance.now() - t)
    times.events!.push(reply.events.length)
  }
  fs.writeFileSync('/tmp/helper-district/times.json', JSON.stringify(times, (_k, v) => (typeof v === 'number' ? Math.round(v * 10) / 10 : v)))
  await cluster.stop()
}, 60000)
