import { placeOf } from '../dossier/dossier-words.ts'
import './conflict.css'
import { Button, Modal } from '@mantine/core'
import { type KeyboardEvent, useRef, useState } from 'react'
import { FormProvider, useForm } from 'react-hook-form'
import {
  answeringChanges,
  type ConflictField,
  conflictOf,
  withdrawingChanges,
} from '../../../shared/domain/conflict.ts'
import { findFieldPlace, fitsField } from '../../../shared/domain/correction.ts'
import { mayCorrect } from '../../../shared/domain/permissions.ts'
import type { DossierView, TimelineEntry } from '../../../shared/ipc/view.ts'
import { focusField, moveOnWithEnter } from '../../forms/move-on.ts'
import { storedAnswer } from '../../forms/typed-answer.ts'
import { useMinute } from '../../store/desk-clock.ts'
import { useDeskStatus } from '../../store/use-desk-status.ts'
import { findDossierProcedure } from '../../store/use-procedures.ts'
import { useReference } from '../../store/use-reference.ts'
import { describeReturned } from '../../text/describe-verdict.ts'
import { capitalise, formatWhen } from '../../text/format.ts'
import { t } from '../../text/t.ts'
import { NoticeBox } from '../../ui/notice-box.tsx'
import { useCarefulClose } from '../../ui/use-careful-close.tsx'
import { useUpperTier } from '../../ui/use-upper-tier.ts'
import { correctionGroups, findField, labelOf } from '../correction/correction-fields.ts'
import { fieldText } from '../correction/field-text.ts'
import { useCommand } from '../dossier/actions/use-command.ts'
import { describeEvent } from '../dossier/describe-event.ts'
import { ChoiceOfField, type ConflictAnswers, choiceName, thirdName } from './choice-of-field.tsx'

export interface ConflictDialogProps {
  readonly view: DossierView
  readonly returned: TimelineEntry
  /** The dossier's timeline, oldest first. */
  readonly entries: readonly TimelineEntry[]
  readonly onClose: () => void
}

/**
 * "Hai người đã sửa cùng một hồ sơ": for each field both changed, both texts with who, where and when. Nothing is chosen
 * beforehand; the officer takes one, types a third, asks again later, or lets go. What is not taken stays in the history.
 */
export function ConflictDialog({ view, returned, entries, onClose }: ConflictDialogProps) {
  const { dossier } = view
  const { catalogue } = useReference()
  const role = useDeskStatus()?.staff?.role
  const tier = capitalise(useUpperTier())
  const now = useMinute()
  const groups = correctionGroups(dossier, findDossierProcedure(catalogue, dossier.procedure))
  const accepted = entries.filter(({ exchange }) => exchange !== 'returned')
  const conflict = conflictOf(dossier, returned, accepted)
  const touched = [...conflict.fields, ...conflict.others].map(({ field }) => findFieldPlace(field)?.part)
  const mayChoose = role !== undefined && touched.every((part) => part !== undefined && mayCorrect(role, part))
  const form = useForm<ConflictAnswers>()
  const element = useRef<HTMLFormElement>(null)
  const answer = useCommand()
  const [letGo, setLetGo] = useState(false)
  const asks = conflict.fields.length > 0
  const isTyped = () => conflict.fields.some(({ field }) => Boolean(form.getValues(thirdName(field))))
  const { close, question } = useCarefulClose(isTyped, onClose)

  const by = (entry: TimelineEntry | undefined) =>
    entry
      ? [entry.staffName ?? t('dossier.unknownStaff'), placeOf(entry), formatWhen(entry.at, now)].join(', ')
      : t('conflict.unknownAuthor')

  function chosenText({ field, mine, theirs }: ConflictField, answers: ConflictAnswers): string {
    const choice = answers[choiceName(field)]
    if (choice === 'mine') return mine
    if (choice === 'theirs') return theirs
    return storedAnswer(findField(groups, field)?.field.kind ?? 'text', answers[thirdName(field)] ?? '')
  }

  async function choose(answers: ConflictAnswers): Promise<void> {
    const chosen = Object.fromEntries(
      conflict.fields.map((field) => [field.field, chosenText(field, answers)] as const),
    )
    const unfit = conflict.fields.find(({ field }) => !fitsField(dossier, field, chosen[field] ?? ''))?.field
    if (unfit !== undefined) {
      form.setError(thirdName(unfit), { type: 'check', message: t('conflict.unfit') })
      if (element.current) focusField(element.current, thirdName(unfit))
      return
    }
    const changes = answeringChanges(dossier, conflict, chosen)
    const { id: dossierId } = dossier
    if (await answer.run({ type: 'correct-dossier', dossierId, changes: [...changes], resolves: returned.eventId }))
      onClose()
  }

  /** "Bỏ thay đổi của tôi": the texts go into the history where the role may write them there. */
  async function withdraw(): Promise<void> {
    setLetGo(true)
    const { id: dossierId } = dossier
    const changes = mayChoose ? withdrawingChanges(dossier, conflict) : []
    const resolves = returned.eventId
    const done = await answer.run(
      changes.length > 0
        ? { type: 'correct-dossier', dossierId, changes: [...changes], resolves }
        : { type: 'withdraw-returned', dossierId, resolves, returnedType: returned.type },
    )
    setLetGo(false)
    if (done) onClose()
  }

  function handleKey(event: KeyboardEvent<HTMLFormElement>): void {
    if (event.key === 'Enter' && event.ctrlKey) {
      event.preventDefault()
      element.current?.requestSubmit()
    } else moveOnWithEnter(event)
  }

  const { title, action } = describeReturned(returned.code)
  return (
    <Modal
      opened
      onClose={close}
      title={asks ? t('conflict.title') : t('dossier.returned', { tier })}
      size={760}
      closeButtonProps={{ 'aria-label': t('dossier.close') }}
    >
      <FormProvider {...form}>
        <form
          ref={element}
          className="action-form"
          noValidate
          onKeyDown={handleKey}
          onSubmit={(event) => {
            event.preventDefault()
            if (!answer.busy && asks && mayChoose) void form.handleSubmit(choose)()
          }}
        >
          <p>
            {describeEvent(returned)} <span className="muted small">{by(returned)}</span>
          </p>
          {asks ? <p>{t('conflict.lead')}</p> : <p>{`${title} ${asks ? '' : action}`}</p>}
          {conflict.fields.map((field, at) => (
            <ChoiceOfField
              key={field.field}
              isFirst={at === 0}
              conflict={field}
              definition={findField(groups, field.field)?.field}
              label={labelOf(groups, field.field)}
              mineBy={by(returned)}
              theirsBy={by(entries.find(({ eventId }) => eventId === field.theirsBy))}
            />
          ))}
          {asks && conflict.others.length > 0 ? (
            <div className="small">
              {t('conflict.others')}
              <ul className="correction-list">
                {conflict.others.map(({ field, to }) => (
                  <li key={field}>
                    {labelOf(groups, field)}: {fieldText(findField(groups, field)?.field, to)}
                  </li>
                ))}
              </ul>
            </div>
          ) : null}
          {asks && !mayChoose ? <p className="small muted">{t('conflict.otherRole')}</p> : null}
          {answer.notice ? <NoticeBox notice={answer.notice} /> : null}
          {question}
          <div className="action-buttons">
            {asks && mayChoose ? (
              <Button
                type="submit"
                loading={answer.busy && !letGo}
                data-after-last
                rightSection={<span className="key-on-fill">Ctrl Enter</span>}
              >
                {t('conflict.submit')}
              </Button>
            ) : null}
            <Button variant="default" onClick={close}>
              {t('conflict.later')}
            </Button>
            <Button variant="default" loading={letGo} onClick={() => void withdraw()}>
              {t('conflict.withdraw')}
            </Button>
          </div>
        </form>
      </FormProvider>
    </Modal>
  )
}
