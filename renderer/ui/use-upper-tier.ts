import { useDeskStatus } from '../store/use-desk-status.ts'
import { t } from '../text/t.ts'

/** What people here call the upper tier: "huyện" in 2022, another word later (R26). */
export function useUpperTier(): string {
  return useDeskStatus()?.upperTierLabel ?? t('statuses.upperTier')
}
