import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { tidyText } from '../../../shared/core/text-folding.ts'
import type { DeskStatus } from '../../../shared/ipc/view.ts'
import { desk } from '../../app/desk.ts'
import { acceptDeskStatus } from '../../store/watch-desk-status.ts'
import { describeFailure, type Notice } from '../../text/describe-refusal.ts'
import { t } from '../../text/t.ts'
import { NoticeBox } from '../../ui/notice-box.tsx'
import { Door } from './door.tsx'

interface EnrolFields {
  readonly url: string
  readonly code: string
  readonly deskName: string
}

/** First start: address, one-time code, name of the desk. Or the way back of a desk that lost its identity file. */
export function EnrolScreen({ former }: { readonly former: DeskStatus['former'] }) {
  const [notice, setNotice] = useState<Notice>()
  const { register, handleSubmit, formState } = useForm<EnrolFields>({ mode: 'onSubmit' })
  const field = (name: keyof EnrolFields, label: string) => ({
    ...register(name, {
      validate: (text) => tidyText(text) !== '' || t('signIn.required', { field: label.toLowerCase() }),
    }),
    label,
    error: formState.errors[name]?.message,
  })

  async function enrol({ url, code, deskName }: EnrolFields): Promise<void> {
    setNotice(undefined)
    const input = { url: url.trim(), code: code.trim(), deskName: tidyText(deskName) }
    const answer = await desk('desk.enrol', input)
    if (answer.ok) acceptDeskStatus(answer.value)
    else setNotice(describeFailure(answer.error))
  }

  return (
    <Door title={t(former ? 'signIn.reEnrolTitle' : 'signIn.enrolTitle')} lead={t('signIn.enrolLead')}>
      {former ? <NoticeBox notice={identityLost(former)} /> : null}
      <form className="door-form" noValidate onSubmit={(event) => void handleSubmit(enrol)(event)}>
        <TextInput
          {...field('url', t('signIn.address'))}
          description={t('signIn.addressHint')}
          inputMode="url"
          autoFocus
        />
        <TextInput {...field('code', t('signIn.code'))} description={t('signIn.codeHint')} />
        <TextInput {...field('deskName', t('signIn.deskName'))} description={t('signIn.deskNameHint')} />
        {notice ? <NoticeBox notice={notice} /> : null}
        <Button type="submit" h={40} loading={formState.isSubmitting}>
          {t('signIn.enrol')}
        </Button>
      </form>
    </Door>
  )
}

function identityLost({ deskId, unsentEvents }: NonNullable<DeskStatus['former']>): Notice {
  return {
    title: t('signIn.identityLost', { count: unsentEvents }),
    action: t('signIn.identityLostAction', { deskId }),
  }
}
