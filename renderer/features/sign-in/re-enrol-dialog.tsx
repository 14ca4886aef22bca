import { Button, Modal, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { tidyText } from '../../../shared/core/text-folding.ts'
import { desk } from '../../app/desk.ts'
import { acceptDeskStatus } from '../../store/watch-desk-status.ts'
import { describeFailure, type Notice } from '../../text/describe-refusal.ts'
import { t } from '../../text/t.ts'
import { NoticeBox } from '../../ui/notice-box.tsx'

interface ReEnrolFields {
  readonly url: string
  readonly code: string
}

/** Makes this desk known again, with a new code; whatever it holds stays. */
export function ReEnrolDialog({ onClose }: { readonly onClose: () => void }) {
  const [notice, setNotice] = useState<Notice>()
  const { register, handleSubmit, formState } = useForm<ReEnrolFields>({ mode: 'onSubmit' })
  const field = (name: keyof ReEnrolFields, label: string) => ({
    ...register(name, {
      validate: (text) => tidyText(text) !== '' || t('signIn.required', { field: label.toLowerCase() }),
    }),
    label,
    error: formState.errors[name]?.message,
  })

  async function enrolAgain({ url, code }: ReEnrolFields): Promise<void> {
    setNotice(undefined)
    const answer = await desk('desk.re-enrol', { url: url.trim(), code: code.trim() })
    if (!answer.ok) return setNotice(describeFailure(answer.error))
    acceptDeskStatus(answer.value)
    onClose()
  }

  return (
    <Modal
      opened
      onClose={onClose}
      title={t('signIn.reEnrolTitle')}
      size={460}
      closeButtonProps={{ 'aria-label': t('dossier.close') }}
    >
      <form className="door-form" noValidate onSubmit={(event) => void handleSubmit(enrolAgain)(event)}>
        <p className="muted">{t('signIn.reEnrolLead')}</p>
        <TextInput
          {...field('url', t('signIn.address'))}
          description={t('signIn.addressHint')}
          inputMode="url"
          data-autofocus
        />
        <TextInput {...field('code', t('signIn.code'))} description={t('signIn.codeHint')} />
        {notice ? <NoticeBox notice={notice} /> : null}
        <Button type="submit" h={36} loading={formState.isSubmitting}>
          {t('signIn.reEnrol')}
        </Button>
      </form>
    </Modal>
  )
}
