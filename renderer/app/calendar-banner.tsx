import { CloseButton } from '@mantine/core'
import { useState } from 'react'
import { dateOf } from '../../shared/core/time.ts'
import type { DeskStatus } from '../../shared/ipc/view.ts'
import { findMissingYear } from '../../shared/law/working-calendar.ts'
import { useMinute } from '../store/desk-clock.ts'
import { useReference } from '../store/use-reference.ts'
import { t } from '../text/t.ts'
import { useUpperTier } from '../ui/use-upper-tier.ts'
import { Banner } from './banner.tsx'

/** A holiday table that is missing is said in time, to those who give due dates or can ask for it; once a sign-in. */
export function CalendarBanner({ status }: { readonly status: DeskStatus }) {
  const { calendar } = useReference()
  const today = dateOf(useMinute())
  const tier = useUpperTier()
  const [seen, setSeen] = useState(false)
  const year = calendar ? findMissingYear(calendar, today) : undefined
  if (year === undefined || seen || status.staff?.role === 'specialist') return null
  return (
    <Banner
      tone="gold"
      title={t('frame.banner.calendarTitle', { year })}
      action={t('frame.banner.calendarAction', { year, tier })}
    >
      <CloseButton aria-label={t('frame.banner.close')} onClick={() => setSeen(true)} />
    </Banner>
  )
}
