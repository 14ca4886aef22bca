import { instantAt } from '../../../shared/core/time.ts'
import type { Command } from '../../../shared/domain/command.ts'
import type { DeskBridge } from '../../../shared/ipc/bridge.ts'
import { type Channel, deskContract, type HintTopic } from '../../../shared/ipc/contract.ts'
import type { DeskStatus } from '../../../shared/ipc/view.ts'
import { createFakeDesk, fakeOfficer } from '../../harness/fake-desk.ts'

export interface Executed {
  readonly commandId: string
  readonly command: Command
  readonly draftId?: string
}

/** The fake desk with a record of what an intake did to it. Input is held to the contract, as main does. */
export class IntakeDesk {
  readonly drafts = new Map<string, { readonly content: Readonly<Record<string, unknown>> }>()
  readonly executed: Executed[] = []
  readonly printed: unknown[] = []
  /** Everything asked, answered or not. */
  readonly asked: { readonly channel: Channel; readonly input: unknown }[] = []
  saves = 0
  private readonly fake = createFakeDesk({ signedIn: fakeOfficer, now: instantAt('2022-08-17', '09:47') })

  readonly bridge: DeskBridge = {
    onHint: this.fake.bridge.onHint,
    call: (async (channel: Channel, raw: unknown) => {
      const input = deskContract[channel].input.safeParse(raw)
      if (!input.success) throw new Error(`${channel}: ${input.error.message}`)
      this.asked.push({ channel, input: input.data })
      const answer = await this.fake.bridge.call(channel, input.data as never)
      if (answer.ok) this.record(channel, input.data)
      return answer
    }) as DeskBridge['call'],
  }

  readonly fail: ReturnType<typeof createFakeDesk>['failNext'] = (channel, failure) =>
    this.fake.failNext(channel, failure)

  setNow(now: string): void {
    this.fake.setNow(now)
  }

  hint(topic: HintTopic): void {
    this.fake.hint(topic)
  }

  saveDraft(draftId: string, content: Readonly<Record<string, unknown>>): void {
    this.fake.saveDraft(draftId, content)
  }

  async status(): Promise<DeskStatus> {
    const answer = await this.fake.bridge.call('desk.status', undefined)
    if (!answer.ok) throw new Error('no status')
    return answer.value
  }

  private record(channel: Channel, input: unknown): void {
    if (channel === 'drafts.save') {
      const { draftId, content } = input as { draftId: string; content: Record<string, unknown> }
      this.drafts.set(draftId, { content })
      this.saves += 1
    }
    if (channel === 'drafts.discard') this.drafts.delete((input as { draftId: string }).draftId)
    if (channel === 'printing.print') this.printed.push(input)
    if (channel === 'dossier.execute') {
      const executed = input as Executed
      this.executed.push(executed)
      if (executed.draftId) this.drafts.delete(executed.draftId)
    }
  }
}
