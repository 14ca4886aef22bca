import { useState } from 'react'
import type { CommandId } from '../../../../shared/core/ids.ts'
import type { Command } from '../../../../shared/domain/command.ts'
import { desk } from '../../../app/desk.ts'
import { newCommandId } from '../../../app/new-id.ts'
import { deskNow } from '../../../store/desk-clock.ts'
import { describeFailure, type Notice } from '../../../text/describe-refusal.ts'
import { formatTimeWithSeconds } from '../../../text/format.ts'
import { t } from '../../../text/t.ts'
import { announceStatus } from '../../../ui/status-announcer.ts'

export interface CommandRun {
  /** True when the event is durable; the screen then changes through the store, not from here. */
  readonly run: (command: Command) => Promise<boolean>
  readonly busy: boolean
  readonly notice: Notice | undefined
}

/** Gives one order. The id stays the same for retries, so that an order that did arrive is not given twice. */
export function useCommand(): CommandRun {
  const [commandId, setCommandId] = useState<CommandId>(newCommandId)
  const [busy, setBusy] = useState(false)
  const [notice, setNotice] = useState<Notice>()
  return {
    busy,
    notice,
    run: async (command) => {
      setBusy(true)
      setNotice(undefined)
      const answer = await desk('dossier.execute', { commandId, command })
      setBusy(false)
      if (!answer.ok) {
        setNotice(describeFailure(answer.error))
        return false
      }
      setCommandId(newCommandId())
      announceStatus(t('dossier.saved', { time: formatTimeWithSeconds(deskNow()) }))
      return true
    },
  }
}
