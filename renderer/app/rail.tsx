import {
  IconClipboardList,
  IconCloudUpload,
  IconFilePlus,
  IconHelp,
  IconInbox,
  IconSearch,
  IconSettings,
  type TablerIcon,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { Unit } from '../../shared/law/unit.ts'
import { useDeskStatus } from '../store/use-desk-status.ts'
import { useFilterCounts } from '../store/use-dossier-list.ts'
import { t } from '../text/t.ts'
import { palette } from '../ui/palette-store.ts'
import { formatRoute, type Route, useRoute } from './route.ts'

export interface RailProps {
  readonly onShortcuts: () => void
  readonly onSettings: () => void
}

export function Rail({ onShortcuts, onSettings }: RailProps) {
  const unit = useDeskStatus()?.unit
  const counts = useFilterCounts()
  const due = counts ? counts.overdue + counts.today : 0
  const badge = due > 0 ? <NavCount count={due} /> : <span className="nav-key">F1</span>
  return (
    <nav className="rail" aria-label={t('frame.navigation')}>
      <div className="brand">
        <div className="seal" aria-hidden>
          1C
        </div>
        <div>
          <b>{t('frame.product')}</b>
          <small>{unit ? placeOf(unit) : ''}</small>
        </div>
      </div>
      <NavLink route={{ page: 'work-list' }} icon={IconInbox} label={t('frame.workList')} end={badge} />
      <NavLink route={{ page: 'intake' }} icon={IconFilePlus} label={t('frame.intake')} end={<NavKey text="F2" />} />
      <NavButton icon={IconSearch} label={t('frame.lookUp')} end={<NavKey text="F3" />} onClick={palette.open} />
      <NavLink
        route={{ page: 'outbox' }}
        icon={IconCloudUpload}
        label={t('frame.outboxShort')}
        end={<NavKey text="F8" />}
      />
      <NavLink route={{ page: 'catalogue' }} icon={IconClipboardList} label={t('frame.catalogue')} />
      <div className="nav-space" />
      <NavButton icon={IconHelp} label={t('frame.shortcuts')} end={<NavKey text="?" />} onClick={onShortcuts} />
      <NavButton icon={IconSettings} label={t('frame.settings')} onClick={onSettings} />
    </nav>
  )
}

/** "Thị trấn Gôi, Vụ Bản": the unit and the next larger place, because names of communes repeat. */
function placeOf({ name, locality }: Unit): string {
  const [larger = ''] = locality.split(',')
  return larger ? `${name}, ${larger}` : name
}

interface NavEntryProps {
  readonly icon: TablerIcon
  readonly label: string
  readonly end?: ReactNode
}

function NavLink({ route, icon: Icon, label, end }: NavEntryProps & { readonly route: Route }) {
  const { page } = useRoute()
  const current = page === route.page || (route.page === 'work-list' && page === 'dossier')
  return (
    <a className="nav" href={formatRoute(route)} aria-current={current ? 'page' : undefined} title={label}>
      <Icon size={18} stroke={1.7} aria-hidden />
      <span className="nav-label">{label}</span>
      {end}
    </a>
  )
}

function NavButton({ icon: Icon, label, end, onClick }: NavEntryProps & { readonly onClick: () => void }) {
  return (
    <button type="button" className="nav" onClick={onClick} title={label}>
      <Icon size={18} stroke={1.7} aria-hidden />
      <span className="nav-label">{label}</span>
      {end}
    </button>
  )
}

function NavKey({ text }: { readonly text: string }) {
  return (
    <span className="nav-key" aria-hidden>
      {text}
    </span>
  )
}

function NavCount({ count }: { readonly count: number }) {
  return (
    <>
      <span className="nav-count" aria-hidden>
        {count}
      </span>
      <span className="visually-hidden">{t('frame.dueCount', { count })}</span>
    </>
  )
}
