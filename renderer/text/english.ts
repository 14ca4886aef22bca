import { backup } from './en/backup.ts'
import { catalogue } from './en/catalogue.ts'
import { conflict } from './en/conflict.ts'
import { correction } from './en/correction.ts'
import { courier } from './en/courier.ts'
import { dossier } from './en/dossier.ts'
import { failures } from './en/failures.ts'
import { frame } from './en/frame.ts'
import { intake } from './en/intake.ts'
import { outbox } from './en/outbox.ts'
import { palette } from './en/palette.ts'
import { signIn } from './en/sign-in.ts'
import { statuses } from './en/statuses.ts'
import { workList } from './en/work-list.ts'
import type { TextShape } from './text-shape.ts'
import type { vietnamese } from './vietnamese.ts'

export const english: TextShape<typeof vietnamese> = {
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
}
