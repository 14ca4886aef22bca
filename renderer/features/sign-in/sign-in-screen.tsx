import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import type { StaffId } from '../../../shared/core/ids.ts'
import type { SignedInStaff } from '../../../shared/ipc/view.ts'
import { desk, onHint } from '../../app/desk.ts'
import { useDeskStatus } from '../../store/use-desk-status.ts'
import { acceptDeskStatus } from '../../store/watch-desk-status.ts'
import { describeFailure, type Notice } from '../../text/describe-refusal.ts'
import { t } from '../../text/t.ts'
import { NoticeBox } from '../../ui/notice-box.tsx'
import { Door } from './door.tsx'

/** Who works now: arrow keys choose, Tab to the code, Enter. Works without a line. */
export function SignInScreen() {
  const status = useDeskStatus()
  const staff = useStaff()
  const [chosen, setChosen] = useState<StaffId>()
  const [notice, setNotice] = useState<Notice>()
  const [busy, setBusy] = useState(false)
  const codeField = useRef<HTMLInputElement>(null)
  const staffId = chosen ?? staff?.[0]?.id

  async function signIn(event: FormEvent): Promise<void> {
    event.preventDefault()
    if (!staffId || busy) return
    setBusy(true)
    setNotice(undefined)
    const answer = await desk('session.sign-in', { staffId, code: codeField.current?.value ?? '' })
    setBusy(false)
    if (answer.ok) return acceptDeskStatus(answer.value)
    setNotice(describeFailure(answer.error))
    codeField.current?.select()
  }

  const place = [status?.deskName, status?.unit?.name].filter(Boolean).join(', ')
  return (
    <Door title={t('signIn.title')} lead={place}>
      <form className="door-form" onSubmit={(event) => void signIn(event)}>
        {staff?.length === 0 ? <p className="muted">{t('signIn.noStaff')}</p> : null}
        {staff && staffId ? <OfficerChoice staff={staff} chosen={staffId} onChoose={setChosen} /> : null}
        <TextInput ref={codeField} label={t('signIn.signInCode')} type="password" inputMode="numeric" autoFocus />
        {notice ? <NoticeBox notice={notice} /> : null}
        <Button type="submit" h={40} loading={busy}>
          {t('signIn.signIn')}
        </Button>
        <p className="muted small">{t('signIn.offlineNote')}</p>
      </form>
    </Door>
  )
}

interface OfficerChoiceProps {
  readonly staff: readonly SignedInStaff[]
  readonly chosen: StaffId
  readonly onChoose: (id: StaffId) => void
}

function OfficerChoice({ staff, chosen, onChoose }: OfficerChoiceProps) {
  return (
    <fieldset className="officers">
      <legend>{t('signIn.officer')}</legend>
      <div className="officers-scroll">
        {staff.map(({ id, name, title, role }) => (
          <label key={id} className="officer-choice">
            <input type="radio" name="officer" checked={id === chosen} onChange={() => onChoose(id)} />
            <span>
              <b>{name}</b>
              <small>{title}</small>
            </span>
            <span className="tag tag-plain">{t(`statuses.role.${role}`)}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

function useStaff(): readonly SignedInStaff[] | undefined {
  const [staff, setStaff] = useState<readonly SignedInStaff[]>()
  useEffect(() => {
    const ask = async () => {
      const answer = await desk('session.staff')
      if (answer.ok) setStaff(answer.value)
    }
    void ask()
    return onHint(['reference'], () => void ask())
  }, [])
  return staff
}
