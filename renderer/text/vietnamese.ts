import { backup } from './vi/backup.ts'
import { catalogue } from './vi/catalogue.ts'
import { conflict } from './vi/conflict.ts'
import { correction } from './vi/correction.ts'
import { courier } from './vi/courier.ts'
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
  backup,
  catalogue,
  conflict,
  correction,
  courier,
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
