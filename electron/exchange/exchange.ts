import { type Instant, instantOf } from '../../shared/core/time.ts'
import type { ExchangeStatus, LineState } from '../../shared/ipc/view.ts'
import { attachmentPath } from '../../shared/wire/attachment.ts'
import type { ExchangeReply } from '../../shared/wire/exchange.ts'
import type { AttachmentStore } from '../attachments/attachment-store.ts'
import type { DecidingDesk } from '../commands/decision-context.ts'
import type { IdentityStore } from '../enrolment/desk-identity.ts'
import { learnPins, noteStanding } from '../enrolment/standing.ts'
import type { Log } from '../log.ts'
import { backoffMs } from './backoff.ts'
import { createDistrictClient } from './district-client.ts'
import { type EventsDeps, exchangeEvents } from './exchange-events.ts'
import { type ExchangeFailure, lineAfter, stuckBy } from './exchange-failure.ts'
import { fillGaps } from './fill-gaps.ts'
import { giveBack } from './give-back.ts'
import { listenToHints } from './hint-stream.ts'
import type { LastSuccess } from './last-success.ts'
import type { LinePace } from './line-pace.ts'
import { scanTimeoutMs, sendScans } from './send-scans.ts'
import { createSending } from './sending.ts'

/** Between exchanges while the line is up and nothing hints: the district may have lost a hint. */
const quietIntervalMs = 60_000
/** Gathers the events of one burst of work into one round trip. */
const gatherMs = 150

/** A hint stream that ends sooner was never one: a proxy that does not let it through, for example. */
const shortestStreamMs = 500

/** Between exchanges where hints do not come through. */
const withoutHintsMs = 10_000

export interface Exchange {
  readonly status: () => ExchangeStatus
  /** Exchanges now, or as soon as the running round is over. Resolves when done. */
  readonly now: () => Promise<void>
  /** Something new is there to send. */
  readonly nudge: () => void
  readonly isSending: (eventId: string) => boolean
  readonly isParked: (eventId: string) => boolean
  /** Brings a scan another desk took in; undefined when the line or the scan is not there. */
  readonly fetchScan: (sha256: string) => Promise<Buffer | undefined>
  readonly stop: () => Promise<void>
}

export interface ExchangeDeps {
  readonly desk: DecidingDesk
  readonly identity: IdentityStore
  readonly attachments: AttachmentStore
  readonly lastSuccess: LastSuccess
  readonly pace: LinePace
  readonly turn: <T>(task: () => Promise<T>) => Promise<T>
  readonly random: () => number
  readonly log: Log
  readonly onChange: () => void
  readonly onReference: () => void
}

/**
 * ```
 *            nudge · hint · button · timer
 *                      │
 *   wait ──────────► rounds (events) ──► scans ──► wait (quiet interval)
 *     ▲                 │ line down / refused / stuck
 *     └── back-off ◄────┘
 * ```
 * 1. One exchange at a time; a wish during one makes another follow, even where that one failed.
 * 2. A refusal of the district is shown and tried again slowly; it never throws and loses nothing.
 * 3. What this PC itself cannot do, because of its disk or a bug, is shown as such, never as a missing line, and tried again
 *    like one.
 * 4. Verdicts are applied in the command handler's turn, so no command decides on half of them.
 */
export function createExchange(deps: ExchangeDeps): Exchange {
  const { desk, attachments, log } = deps
  const { journal, identity } = desk
  const client = createDistrictClient(identity, desk.clock, () => deps.identity.current()?.tls ?? identity.tls)
  const stopping = new AbortController()
  const sending = createSending(deps.onChange)
  const parked = new Set<string>()
  let line: LineState = 'unknown'
  let code: string | undefined
  let nextTryAt: Instant | undefined
  let progress: ExchangeStatus['progress']
  let failures = 0
  let parkedRests = 0
  let running: Promise<void> | undefined
  /** Something to exchange came up during the round. */
  let again = false
  /** Somebody asked during the round: asked of a line that may be back since the round began. */
  let asked = false
  let timer: NodeJS.Timeout | undefined
  let listening = false
  let givenBackTo = ''
  let gaps: NonNullable<ExchangeReply['gaps']> = []
  const offeredGaps = new Set<string>()

  function schedule(ms: number): void {
    if (stopping.signal.aborted) return
    clearTimeout(timer)
    nextTryAt = instantOf(desk.clock.now() + ms)
    timer = setTimeout(() => void now(), ms)
  }

  async function now(): Promise<void> {
    if (stopping.signal.aborted) return
    if (running) {
      asked = true
      return running
    }
    running = run().finally(() => {
      running = undefined
    })
    return running
  }

  async function run(): Promise<void> {
    let succeeded: boolean
    do {
      clearTimeout(timer)
      nextTryAt = undefined
      again = false
      asked = false
      line = 'exchanging'
      deps.onChange()
      const failure = await exchangeAll().catch((cause: unknown) => {
        log.error('exchange-failed', cause)
        return stuckBy(cause)
      })
      await noteStanding(deps.identity, failure).catch((cause: unknown) => log.error('standing', cause))
      sending.end()
      progress = undefined
      succeeded = settle(failure)
      if (succeeded) {
        await deps.lastSuccess
          .note(instantOf(desk.clock.now() + desk.clock.offsetMs()))
          .catch((cause: unknown) => log.error('last-success', cause))
      }
    } while ((asked || (again && succeeded)) && !stopping.signal.aborted)
    deps.onChange()
  }

  function settle(failure: ExchangeFailure | undefined): boolean {
    if (!failure) {
      failures = 0
      line = 'online'
      code = undefined
      listen()
      schedule(restMs())
      return true
    }
    failures += 1
    const told = lineAfter(failure)
    line = told.line
    code = told.code
    log.info('exchange-not-done', { code: code ?? failure.code, failures })
    const wishMs = failure.code === 'district/refused' ? failure.retryAfterMs : undefined
    schedule(wishMs === undefined ? backoffMs(failures, deps.random()) : wishMs * (1 + deps.random()))
    return false
  }

  /** What waits for another desk's event is offered again soon, then ever more seldom. */
  function restMs(): number {
    parkedRests = parked.size > 0 ? parkedRests + 1 : 0
    return parkedRests > 0 ? Math.min(quietIntervalMs, backoffMs(parkedRests, deps.random())) : quietIntervalMs
  }

  const events: EventsDeps = {
    desk,
    client,
    pace: deps.pace,
    parked,
    turn: deps.turn,
    signal: stopping.signal,
    onReference: deps.onReference,
    onPins: (pins) => learnPins(deps.identity, pins),
    onGaps: (told) => {
      gaps = told
    },
    onProgress(done, total, entries) {
      progress = { done, total, what: 'events' }
      sending.begin(entries)
      deps.onChange()
    },
  }

  /** Once in each life of the district: what is left over then, nobody can prove. */
  function hasToGiveBack(): boolean {
    return givenBackTo !== journal.index.cursor.epoch && journal.index.hasFormerPlaces()
  }

  async function exchangeAll(): Promise<ExchangeFailure | undefined> {
    client.prepare()
    while (!stopping.signal.aborted) {
      if (hasToGiveBack()) {
        const failure = await giveBack({ ...events, log })
        if (failure) return failure
        givenBackTo = journal.index.cursor.epoch
      }
      const failure = await exchangeEvents(events)
      if (failure) return failure
      if (hasToGiveBack()) continue
      const fresh = gaps.filter(({ from, to }) => !offeredGaps.has(`${from}-${to}`))
      if (fresh.length > 0) {
        // Once in each run: what this desk does not hold either stays an incident.
        for (const { from, to } of fresh) offeredGaps.add(`${from}-${to}`)
        const notFilled = await fillGaps(events, fresh)
        if (notFilled) return notFilled
      }
      const scans = await sendScans(client, journal, attachments, stopping.signal, (done, total) => {
        progress = { done, total, what: 'scans' }
        deps.onChange()
        return journal.index.unsent.size > parked.size
      })
      if (!scans.ok) return scans.error
      if (scans.value === 'all-sent') return undefined
    }
    return undefined
  }

  function listen(): void {
    if (listening) return
    listening = true
    const began = desk.clock.now()
    void listenToHints(client, stopping.signal, () => nudge()).finally(() => {
      listening = false
      // The end of a stream that lived is the first sign of a broken line; one that never lived says little.
      const lived = desk.clock.now() - began > shortestStreamMs
      if (lived) nudge()
      else if (line === 'online' && !running) schedule(withoutHintsMs)
    })
  }

  function nudge(): void {
    // What comes up during a round is exchanged right after it.
    if (running) again = true
    // While nothing gets through the back-off keeps its pace: work at the desk must not become a storm of tries.
    else if (failures === 0) schedule(gatherMs)
  }

  function status(): ExchangeStatus {
    const lastSuccessAt = deps.lastSuccess.at()
    return {
      line,
      ...(code ? { code } : {}),
      ...(lastSuccessAt ? { lastSuccessAt } : {}),
      ...(nextTryAt && line !== 'online' ? { nextTryAt } : {}),
      unsentEvents: journal.index.unsent.size,
      unsentScans: journal.index.unsentScans.size,
      sending: sending.dossiers(),
      ...(progress ? { progress } : {}),
    }
  }

  return {
    status,
    now,
    nudge,
    isSending: sending.has,
    isParked: (eventId) => parked.has(eventId),
    async fetchScan(sha256) {
      const path = `${attachmentPath}${sha256}`
      const answered = await client.request({ method: 'GET', path, timeoutMs: scanTimeoutMs, signal: stopping.signal })
      if (!answered.ok) return undefined
      return Buffer.from(await answered.value.arrayBuffer().catch(() => new ArrayBuffer(0)))
    },
    async stop() {
      clearTimeout(timer)
      stopping.abort()
      // Before waiting: a request may stand in line for a socket.
      client.close()
      await running
    },
  }
}
