import './courier.css'
import { Button, Progress } from '@mantine/core'
import { IconUsb } from '@tabler/icons-react'
import { useState } from 'react'
import type { CourierView } from '../../../shared/ipc/view.ts'
import { desk } from '../../app/desk.ts'
import { describeFailure, type Notice } from '../../text/describe-refusal.ts'
import { capitalise, formatBytes } from '../../text/format.ts'
import { t } from '../../text/t.ts'
import { NoticeBox } from '../../ui/notice-box.tsx'
import { useUpperTier } from '../../ui/use-upper-tier.ts'
import { CarriedFiles } from './carried-files.tsx'
import { describeOutcome } from './describe-outcome.ts'
import { useCourier } from './use-courier.ts'
import { WrittenFiles } from './written-files.tsx'

type Direction = 'write' | 'read'

interface Said {
  readonly notice: Notice
  readonly tone: 'green' | 'red'
}

/** When there is no line for long: unsent work out to a stick, receipts and other desks' files in. */
export function CourierSection() {
  const view = useCourier()
  const tier = useUpperTier()
  const [busy, setBusy] = useState<Direction>()
  const [said, setSaid] = useState<Said>()

  async function run(what: Direction): Promise<void> {
    setBusy(what)
    setSaid(undefined)
    const done = await (what === 'write' ? desk('courier.write') : desk('courier.read'))
    setBusy(undefined)
    if (!done.ok) return setSaid({ notice: describeFailure(done.error), tone: 'red' })
    const notice = describeOutcome(done.value, capitalise(tier))
    if (notice) setSaid({ notice, tone: 'green' })
  }

  return (
    <section className="courier" aria-labelledby="courier-title">
      <div className="courier-head">
        <h3 id="courier-title">
          <IconUsb size={16} aria-hidden /> {t('courier.title')}
        </h3>
        <CourierButton busy={busy} what="write" onClick={run} />
        <CourierButton busy={busy} what="read" onClick={run} />
      </div>
      <details className="small muted">
        <summary>{t('courier.when')}</summary>
        <p>{t('courier.lead', { tier })}</p>
      </details>
      <WritingProgress progress={view?.progress} />
      {said ? <NoticeBox notice={said.notice} tone={said.tone} /> : null}
      <WrittenFiles files={view?.written ?? []} />
      <CarriedFiles files={view?.carried ?? []} />
    </section>
  )
}

interface CourierButtonProps {
  readonly busy: Direction | undefined
  readonly what: Direction
  readonly onClick: (what: Direction) => Promise<void>
}

function CourierButton({ busy, what, onClick }: CourierButtonProps) {
  return (
    <Button
      variant="default"
      h={30}
      px={10}
      loading={busy === what}
      disabled={!!busy}
      onClick={() => void onClick(what)}
    >
      {t(`courier.${what}`)}
    </Button>
  )
}

function WritingProgress({ progress }: { readonly progress: CourierView['progress'] }) {
  if (!progress) return null
  const { done, total } = progress
  return (
    <div>
      <Progress value={(100 * done) / Math.max(1, total)} aria-label={t('courier.progress')} />
      <span className="small">{t('courier.writing', { done: formatBytes(done), total: formatBytes(total) })}</span>
    </div>
  )
}
