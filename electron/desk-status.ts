import { dateOf, daysBetween } from '../shared/core/time.ts'
import { laneWarningDays } from '../shared/domain/numbering.ts'
import type { DeskStatus, ExchangeStatus } from '../shared/ipc/view.ts'
import type { Desk } from './desk.ts'

const nothingExchanged: ExchangeStatus = { line: 'unknown', unsentEvents: 0, unsentScans: 0, sending: [] }

export function exchangeStatusOf(desk: Desk): ExchangeStatus {
  return desk.findExchange()?.status() ?? nothingExchanged
}

/** All the frame of the page shows about the desk itself. */
export function deskStatusOf(desk: Desk, appVersion: string): DeskStatus {
  const identity = desk.identity.current()
  const former = desk.findFormer()
  const staff = desk.session.staff()
  const now = desk.clock.instant()
  const behind = desk.clockTrust.findBehind()
  const difference = desk.clockTrust.findDifference()
  const ahead = desk.clockTrust.findAhead()
  return {
    now,
    demoClock: desk.clock.demo,
    enrolled: identity !== undefined,
    ...(identity
      ? { deskId: identity.deskId, deskName: identity.deskName, unit: identity.unit, lane: identity.lane }
      : {}),
    ...(former ? { former: { deskId: former.deskId, unsentEvents: desk.journal.index.unsent.size } } : {}),
    upperTierLabel: desk.reference.current().units?.upperTierLabel ?? '',
    retired: identity?.retired ?? false,
    laneEndsSoon: identity !== undefined && daysBetween(dateOf(now), identity.lane.validUntil) <= laneWarningDays,
    ...(staff ? { staff } : {}),
    vault: desk.vault,
    publications: desk.reference.versions(),
    exchange: exchangeStatusOf(desk),
    ...(behind ? { clockBehind: { lastEntryAt: behind } } : {}),
    ...(difference ? { clockDiffers: difference } : {}),
    ...(ahead ? { clockAhead: { lastKnownAt: ahead } } : {}),
    journal: desk.journalHealth,
    backup: desk.backup.status(),
    appVersion,
  }
}
