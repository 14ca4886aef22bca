import { setTimeout as sleep } from 'node:timers/promises'
import { sizeOf } from '../../../shared/wire/event-text.ts'
import type { ExchangeReply } from '../../../shared/wire/exchange.ts'
import { type OwnEvent, sentEventsOf } from '../../../shared/wire/own-event.ts'
import type { DeskClient } from '../../harness/desk-client.ts'

/** What a real desk asks for at a time. */
const pageBytes = 1024 * 1024
const holds = { catalogue: 99, calendar: 99, units: 99, staff: 99, desks: 99 }

export interface LightDeskCounts {
  accepted: number
  notAccepted: number
  pulled: number
  overloaded: number
  brokenOff: number
}

/** Speaks as a desk does – signs, packs, pages, waits when asked to – but keeps nothing. */
export async function exchangeAll(
  desk: DeskClient,
  backlog: readonly OwnEvent[],
  counts: LightDeskCounts,
): Promise<void> {
  let at = 0
  for (let more = true; more; ) {
    const page = pageFrom(backlog, at)
    const reply = await ask(desk, page, counts)
    if (!reply) continue
    at += page.length
    desk.cursor = reply.cursor
    for (const { verdict } of reply.verdicts) counts[verdict === 'accepted' ? 'accepted' : 'notAccepted'] += 1
    counts.pulled += reply.events.length
    more = at < backlog.length || reply.more
  }
}

async function ask(
  desk: DeskClient,
  page: readonly OwnEvent[],
  counts: LightDeskCounts,
): Promise<ExchangeReply | undefined> {
  const request = { ...desk.exchangeRequest(page), events: sentEventsOf(page), room: pageBytes, holdsOwn: true, holds }
  const answer = await desk.post(request, { pack: true }).catch(() => undefined)
  if (answer?.status === 200) return answer.body as ExchangeReply
  if (answer && answer.status !== 503) throw new Error(`a desk was answered ${answer.status}`)
  counts[answer ? 'overloaded' : 'brokenOff'] += 1
  const waitMs = Number(answer?.headers.get('retry-after') ?? 2) * 1000
  await sleep(waitMs * (1 + Math.random()))
  return undefined
}

function pageFrom(backlog: readonly OwnEvent[], from: number): readonly OwnEvent[] {
  let bytes = 0
  let to = from
  for (let own = backlog[to]; own && to - from < 2000; own = backlog[to]) {
    bytes += sizeOf(own.text)
    if (to > from && bytes > pageBytes) break
    to += 1
  }
  return backlog.slice(from, to)
}
