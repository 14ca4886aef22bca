import type { Instant } from '../../shared/core/time.ts'
import { instantOf } from '../../shared/core/time.ts'
import type { ExchangeStatus, LineState } from '../../shared/ipc/view.ts'
import { attachmentPath } from '../../shared/wire/attachment.ts'
import { maxEventsPerRequest } from '../../shared/wire/exchange.ts'
import type { AttachmentStore } from '../attachments/attachment-store.ts'
import type { DecidingDesk } from '../commands/decision-context.ts'
import type { Log } from '../log.ts'
import { applyReply } from './apply-reply.ts'
import { backoffMs } from './backoff.ts'
import { createDistrictClient, type DistrictFailure } from './district-client.ts'
import { eventIdOf, exchangeRound, nextPage, smallerPage } from './exchange-round.ts'
import { listenToHints } from './hint-stream.ts'
import { rebaseLostRaces } from './rebase.ts'
import { scanTimeoutMs, sendScans } from './send-scans.ts'

/** Between exchanges while the line is up and nothing hints: the district may have lost a hint. */
const quietIntervalMs = 60_000
/** Gathers the events of one burst of work into one round trip. */
const gatherMs = 150

/** A hint stream that ends sooner was never one: a proxy that does not let it through, for example. */
const shortestStreamMs = 500

/** Between exchanges where hints do not come through. */
const withoutHintsMs = 10_000

/** A round that takes longer is on a line that may be gone: its events are said to wait again. */
const longestSendingMs = 60_000

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
  readonly attachments: AttachmentStore
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
 *     ▲                 │ line down / refused
 *     └── back-off ◄────┘
 * ```
 * 1. One exchange at a time; a wish during one makes another follow.
 * 2. A refusal of the district is shown and tried again slowly; it never throws and loses nothing.
 * 3. Verdicts are applied in the command handler's turn, so no command decides on half of them.
 */
export function createExchange(deps: ExchangeDeps): Exchange {
  const { desk, attachments, log } = deps
  const { journal, identity } = desk
  const client = createDistrictClient(identity, desk.clock)
  const stopping = new AbortController()
  const sending = new Set<string>()
  let sendingSince = 0
  const parked = new Set<string>()
  let line: LineState = 'unknown'
  let refusedCode: string | undefined
  // After a restart the last exchange that brought something is the best that is known.
  let lastSuccessAt: Instant | undefined = journal.index.lastReceivedAt || undefined
  let nextTryAt: Instant | undefined
  let progress: ExchangeStatus['progress']
  let failures = 0
  let pageLimit = maxEventsPerRequest
  let running: Promise<void> | undefined
  let again = false
  let timer: NodeJS.Timeout | undefined
  let listening = false

  function schedule(ms: number): void {
    if (stopping.signal.aborted) return
    clearTimeout(timer)
    nextTryAt = instantOf(desk.clock.now() + ms)
    timer = setTimeout(() => void now(), ms)
  }

  async function now(): Promise<void> {
    if (stopping.signal.aborted) return
    if (running) {
      again = true
      return running
    }
    running = run().finally(() => {
      running = undefined
    })
    return running
  }

  async function run(): Promise<void> {
    clearTimeout(timer)
    nextTryAt = undefined
    let succeeded: boolean
    do {
      again = false
      line = 'exchanging'
      deps.onChange()
      const failure = await exchangeAll().catch((cause: unknown) => {
        log.error('exchange-failed', cause)
        return { code: 'district/unreachable' } as DistrictFailure
      })
      sending.clear()
      progress = undefined
      succeeded = settle(failure)
    } while (again && succeeded && !stopping.signal.aborted)
    deps.onChange()
  }

  function settle(failure: DistrictFailure | undefined): boolean {
    if (!failure) {
      failures = 0
      line = 'online'
      refusedCode = undefined
      lastSuccessAt = desk.clock.instant()
      listen()
      schedule(quietIntervalMs)
      return true
    }
    failures += 1
    line = failure.code === 'district/refused' ? 'refused' : 'offline'
    refusedCode = failure.code === 'district/refused' ? failure.reason : undefined
    log.info('exchange-not-done', { code: refusedCode ?? failure.code, failures })
    schedule(backoffMs(failures, deps.random()))
    return false
  }

  async function exchangeAll(): Promise<DistrictFailure | undefined> {
    for (;;) {
      const failure = await exchangeEvents()
      if (failure) return failure
      const scans = await sendScans(client, journal, attachments, stopping.signal, (done, total) => {
        progress = { done, total, what: 'scans' }
        deps.onChange()
        return journal.index.unsent.size > parked.size
      })
      if (!scans.ok) return scans.error
      if (scans.value === 'all-sent') return undefined
    }
  }

  async function exchangeEvents(): Promise<DistrictFailure | undefined> {
    const total = journal.index.unsent.size
    let more = true
    while (more && !stopping.signal.aborted) {
      const page = await nextPage(journal, pageLimit)
      sending.clear()
      for (const own of page) sending.add(eventIdOf(own))
      sendingSince = desk.clock.now()
      progress = { done: Math.max(0, total - journal.index.unsent.size), total, what: 'events' }
      deps.onChange()
      const reply = await exchangeRound(client, identity, journal, desk.reference, page, stopping.signal)
      if (!reply.ok) {
        if (reply.error.code !== 'district/refused' || reply.error.status !== 413 || page.length <= 1)
          return reply.error
        pageLimit = smallerPage(Math.min(pageLimit, page.length))
        continue
      }
      pageLimit = maxEventsPerRequest
      desk.clock.learnDistrictTime(reply.value.time)
      if (Object.keys(reply.value.publications).length > 0) {
        await desk.reference.save(reply.value.publications)
        deps.onReference()
      }
      const unsentBefore = journal.index.unsent.size
      const { epoch } = journal.index.cursor
      const rebased = await deps.turn(async () => {
        await applyReply(journal, reply.value)
        // Decided on half of the news it would only be refused again.
        return reply.value.more ? 0 : rebaseLostRaces(desk)
      })
      parked.clear()
      for (const verdict of reply.value.verdicts) if (verdict.verdict === 'parked') parked.add(verdict.eventId)
      const advanced = rebased > 0 || journal.index.unsent.size < unsentBefore
      const restored = epoch !== '' && epoch !== journal.index.cursor.epoch
      more = reply.value.more || restored || !journal.isWhole() || (advanced && journal.index.unsent.size > parked.size)
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
    // While the line is down the back-off keeps its pace: work at the desk must not become a storm of tries.
    else if (line !== 'offline' && line !== 'refused') schedule(gatherMs)
  }

  return {
    status: () => ({
      line,
      ...(refusedCode ? { code: refusedCode } : {}),
      ...(lastSuccessAt ? { lastSuccessAt } : {}),
      ...(nextTryAt && line !== 'online' ? { nextTryAt } : {}),
      unsentEvents: journal.index.unsent.size,
      unsentScans: journal.index.unsentScans.size,
      ...(progress ? { progress } : {}),
    }),
    now,
    nudge,
    isSending: (eventId) => sending.has(eventId) && desk.clock.now() - sendingSince < longestSendingMs,
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
      await running
    },
  }
}
