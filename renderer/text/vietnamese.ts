import { catalogue } from './vi/catalogue.ts'
import { dossier } from './vi/dossier.ts'
import { failures } from './vi/failures.ts'
import { frame } from './vi/frame.ts'
import { intake } from './vi/intake.ts'
import { outbox } from './vi/outbox.ts'
import { palette } from './vi/palette.ts'
import { signIn } from './vi/sign-in.ts'
import { statuses } from './vi/statuses.ts'
import { workList } from './vi/work-list.ts'

/** The source of all text on screen. */
export const vietnamese = {
  catalogue,
  dossier,
  failures,
  frame,
  intake,
  outbox,
  palette,
  signIn,
  statuses,
  workList,
} as const
