import { err, ok, type Result } from '../../shared/core/result.ts'
import type { SignedOut } from '../../shared/ipc/contract.ts'
import type { CourierDialogs } from '../courier/courier-dialogs.ts'
import type { Desk } from '../desk.ts'
import type { Handlers } from './answer-call.ts'

type CourierChannel = Extract<keyof Handlers, `courier.${string}`>

/** The page names no file of the disk: main asks the officer where, and says only a file's name back. */
export function createCourierHandlers(
  { courier, identity, clock }: Desk,
  dialogs: CourierDialogs,
  signedIn: <T, E>(run: () => Promise<Result<T, E>>) => Promise<Result<T, E | SignedOut>>,
): Pick<Handlers, CourierChannel> {
  return {
    'courier.list': () => signedIn(async () => ok(courier.view())),
    'courier.write': () =>
      signedIn(async () => {
        const lane = identity.current()?.lane.id ?? 0
        const target = await dialogs.whereTo(courier.nameFor('gui', lane, clock.instant()))
        return target === undefined ? ok({ outcome: 'cancelled' }) : courier.write(target)
      }),
    'courier.read': () =>
      signedIn(async () => {
        const file = await dialogs.which()
        return file === undefined ? ok({ outcome: 'cancelled' }) : courier.read(file)
      }),
    'courier.save-receipt': ({ fileId }) =>
      signedIn(async () => {
        const carried = courier.view().carried.find((file) => file.fileId === fileId)
        if (carried?.state !== 'answered') return err({ code: 'courier/gone' })
        const target = await dialogs.whereTo(courier.nameFor('bien-nhan', carried.lane, carried.createdAt))
        return target === undefined ? ok({ saved: false }) : courier.saveReceipt(fileId, target)
      }),
    'courier.discard': ({ fileId }) => signedIn(() => courier.discard(fileId)),
  }
}
