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

interface Said {
  readonly notice: Notice
  readonly tone: 'green' | 'red'
}

/** When there is no line for long: unsent work out to a stick, receipts and other desks' files in. */
export function CourierSection() {
  const view = useCourier()
  const tier = useUpperTier()
  const [busy, setBusy] = useState<'write' | 'read'>()
  const [said, setSaid] = useState<Said>()

  async function run(what: 'write' | 'read'): Promise<void> {
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
      <h3 id="courier-title">
        <IconUsb size={16} aria-hidden /> {t('courier.title')}
      </h3>
      <p className="small muted">{t('courier.lead', { tier })}</p>
      <div className="courier-buttons">
        <Button variant="default" h={30} loading={busy === 'write'} disabled={!!busy} onClick={() => void run('write')}>
          {t('courier.write')}
        </Button>
        <Button variant="default" h={30} loading={busy === 'read'} disabled={!!busy} onClick={() => void run('read')}>
          {t('courier.read')}
        </Button>
      </div>
      <WritingProgress progress={view?.progress} />
      {said ? <NoticeBox notice={said.notice} tone={said.tone} /> : null}
      <WrittenFiles files={view?.written ?? []} />
      <CarriedFiles files={view?.carried ?? []} />
    </section>
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
