import type { TextShape } from '../text-shape.ts'
import type { failures as vi } from '../vi/failures.ts'

export const failures: TextShape<typeof vi> = {
  notPermitted: { title: 'This is not for the role {{role}}.', action: 'Ask someone with the right role to sign in.' },
  notFound: { title: 'This dossier is not on this computer.', action: 'Search again by name or number.' },
  alreadyExists: { title: 'This dossier was recorded before.', action: 'Open the work list to see it.' },
  wrongStatus: {
    title: 'The dossier is at "{{status}}".',
    action: 'Look at its history; someone may just have acted.',
  },
  newerVersion: {
    title: 'A newer app wrote to this dossier.',
    action: 'Here it is read-only. Update the app to go on.',
  },
  documentsMissing: {
    title: '{{count}} papers are missing.',
    action: 'Choose a state for each required paper, or refuse.',
  },
  declarationIncomplete: { title: '{{count}} fields are not right yet.', action: 'Correct the marked fields.' },
  applicantIncomplete: { title: 'The applicant is incomplete.', action: 'Enter the name.' },
  procedureUnknown: { title: 'This procedure is not in the list.', action: 'Choose it again in the posted list.' },
  dueMustBeEntered: {
    title: 'The time of this procedure is not known.',
    action: 'Enter the due date by the rule in force.',
  },
  dueBeforeReceipt: { title: 'The due date is before the reception.', action: 'Enter the due date again.' },
  feeQuantityMissing: {
    title: 'The quantity for the fee is missing.',
    action: 'Enter pages or copies in the declaration.',
  },
  feeQuantityUnreadable: {
    title: 'The quantity "{{text}}" is not readable.',
    action: 'Enter a whole number, such as 3.',
  },
  feeAmountNeeded: {
    title: 'The province sets this fee; it is not known here.',
    action: 'Enter the amount, 0 for none.',
  },
  feeAmountUnreadable: { title: 'The amount is not readable.', action: 'Enter đồng, such as 8000.' },
  laneExhausted: {
    title: 'This desk has used all its numbers today.',
    action: 'Receive at another desk or ask for more.',
  },
  laneExpired: {
    title: 'The numbers of this desk ended on {{date}}.',
    action: 'Go online to get new ones, then try again.',
  },
  clockBehind: {
    title: 'The clock is behind the last entry at {{when}}.',
    action: 'Set it, or press "This time is right".',
  },
  clockDiffers: {
    title: 'The clock is far from the right time, which is {{when}}.',
    action: 'Set the clock, or press "This time is right" at the top. The draft is kept.',
  },
  clockAhead: {
    title: 'The clock is more than two weeks past the last use ({{when}}).',
    action: 'Look at the clock; if it is right, press "This time is right" at the top. The draft is kept.',
  },
  unknownField: { title: 'The dossier has no such field.', action: 'Close, open the dossier and look at it.' },
  unfitValue: { title: 'A field is not written as it must be.', action: 'Look at dates, counts and choices.' },
  nothingChanged: { title: 'Nothing was changed yet.', action: 'Change at least one field.' },
  correctedMeanwhile: {
    title: 'Somebody just changed {{count}} of these fields.',
    action: 'What they wrote stands at each field. Look, change what you need, and save again.',
  },
  returnedSettled: { title: 'This returned work was settled already.', action: 'Look at the history.' },
  findingNotFound: { title: 'This finding is not here.', action: 'Look at the history.' },
  dossierTooLarge: {
    title: 'The dossier is too long to be sent.',
    action: 'Shorten the declaration or notes, or remove scans.',
  },
  deskNotWhole: {
    title: 'This computer is fetching its own earlier work.',
    action: 'Wait for the line. Drafts can be saved.',
  },
  signedOut: { title: 'The session is closed.', action: 'Sign in again. Drafts are kept.' },
  restoreNoBackup: {
    title: 'There is no backup in this folder.',
    action: 'Choose the folder set on the old PC; it has a folder mot-cua-sao-luu inside.',
  },
  restoreNotAKey: {
    title: 'This file is not a recovery key.',
    action: 'Choose the recovery key file the administrator keeps.',
  },
  restoreWrongPassphrase: {
    title: 'The passphrase does not fit this key file.',
    action: 'Type it again; mind capitals and accents.',
  },
  restoreOtherKey: { title: 'This backup needs another recovery key.', action: 'Use key file {{keyId}}.' },
  restoreNoEscrow: {
    title: 'This backup is older than the unit’s recovery key.',
    action: 'No other PC can open it. Use a hand-over file of the old PC, or receive again from the office above.',
  },
  restoreNotLent: {
    title: 'The office above has not opened it for this PC.',
    action: 'Ask the holder of the recovery key to unlock it for this PC, then try again.',
  },
  restoreDamaged: {
    title: 'The backup is damaged and cannot be opened.',
    action: 'Try another backup disk. What was sent still comes back over the line.',
  },
  restoreOtherUnit: { title: 'This backup belongs to another unit.', action: 'Choose a backup of your own unit.' },
  restoreOwnDesk: { title: 'This is the backup of this very PC.', action: 'A PC that works needs no restore.' },
  restoreNotCarried: {
    title: 'The unsent work of the old PC could not be written down here.',
    action: 'Make room on the disk and try again. The backup is untouched.',
  },
  restoreNotTaken: {
    title: 'The unsent work of the old PC could not be taken over.',
    action: '{{why}} The backup is untouched. Tell the administrator.',
  },
  storeFull: {
    title: 'The disk is full; not saved yet.',
    action: 'Free some space and press again. Your text is kept.',
  },
  storeReadOnly: { title: 'The data folder is read-only; not saved.', action: 'Ask for write permission.' },
  storeDamaged: {
    title: 'The journal on this computer is damaged.',
    action: 'Close and open the app; then ask for help.',
  },
  attachmentTooLarge: {
    title: 'The file is larger than {{max}}.',
    action: 'Scan again at a lower resolution or split it.',
  },
  attachmentWrongType: { title: 'Not a PDF, JPEG or PNG.', action: 'Save it as one of these and choose it again.' },
  attachmentEmpty: { title: 'The file is empty.', action: 'Check it and choose it again.' },
  attachmentIncomplete: { title: 'The file was not copied completely.', action: 'Choose it again.' },
  attachmentNotHere: { title: 'This scan is not on this computer yet.', action: 'It comes when the line is there.' },
  attachmentDamaged: { title: 'The scan on this computer is damaged.', action: 'Scan again or wait for the line.' },
  noPrinter: {
    title: 'No printer found.',
    action: 'The dossier is saved. Switch it on and print again, or save a PDF.',
  },
  printerFailed: {
    title: 'The printer failed.',
    action: 'The dossier is saved. Check it and print again, or save a PDF.',
  },
  fileNoRoom: { title: 'There is no room left for the file.', action: 'Delete files there or choose another folder.' },
  fileCannotWrite: { title: 'The file could not be written.', action: 'Choose another folder.' },
  fileCannotRead: { title: 'This file cannot be read.', action: 'Plug the stick in again and choose the file again.' },
  courierNotCourier: {
    title: 'This is not a file this app wrote to a stick.',
    action: 'Choose a file ending in .motcua.',
  },
  courierNewerVersion: {
    title: 'A newer version of the app wrote this file.',
    action: 'Update this app and read it again.',
  },
  courierCut: { title: 'The file is not complete.', action: 'Copy it again. Nothing was taken from it.' },
  courierChanged: {
    title: 'The file is damaged or was changed.',
    action: 'Write another one. Nothing was taken from it.',
  },
  courierOtherDistrict: {
    title: 'This file is for another receiver.',
    action: 'Take it to the place it is meant for.',
  },
  courierOtherUnit: {
    title: 'This file is of another commune.',
    action: 'Only desks of one unit carry for each other. Take it straight to the upper tier.',
  },
  courierUnknownAuthor: {
    title: 'The receiver does not know the desk that wrote this file.',
    action: 'Tell the administrator.',
  },
  courierRetiredAuthor: {
    title: 'The desk that wrote this file was replaced.',
    action: 'Take the file to the administrator of the upper tier.',
  },
  courierOwnFile: {
    title: 'This desk wrote this file itself.',
    action: 'Take it to the upper tier or to a desk with a line, and bring the receipt back here.',
  },
  courierOtherDesk: {
    title: 'This receipt is for another desk.',
    action: 'Take the stick to the desk that wrote the file.',
  },
  courierNothingUnsent: { title: 'There is nothing to write.', action: 'Everything of this desk has been received.' },
  courierNoRoom: {
    title: 'There is not enough room on the stick.',
    action: 'Delete files on it or take another stick.',
  },
  courierUnreliable: { title: 'What was written does not read back the same.', action: 'Take another stick.' },
  courierGone: { title: 'This file is gone or has no receipt yet.', action: 'Look at the list again.' },
  fileCancelled: { title: 'Cancelled; no file saved.', action: 'The dossier is unchanged.' },
  enrolmentRefused: { title: 'The enrolment code cannot be used.', action: '{{reason}}' },
  enrolmentBadCode: 'Wrong code. Check each character.',
  enrolmentUsedCode: 'Already used for another computer. Ask for a new one.',
  enrolmentExpiredCode: 'The code has ended. Ask for a new one.',
  enrolmentOtherUnit: 'This code belongs to another unit. Ask for one of your own.',
  enrolmentTooManyTries: 'Too many wrong tries. Wait a few minutes.',
  enrolmentOther: 'Ask for a new code and try again.',
  enrolmentBadAddress: { title: 'The address is not right.', action: 'Copy it again; it begins with https://.' },
  enrolmentIncomplete: { title: 'The code has too few or too many signs.', action: 'It has 12 or 28. Copy it again.' },
  enrolmentNot: { title: 'This computer is not enrolled.', action: 'Enrol it first.' },
  wrongKey: {
    title: 'The server at this address is not the one in the code.',
    action: 'The code was not sent. Check address and code; if both are right, stop and tell the administrator.',
  },
  notVouched: {
    title: 'No authority vouches for the server’s certificate.',
    action: 'The code was not sent. Ask for a code of 28 signs, or tell the administrator.',
  },
  certificateDates: {
    title: 'The server’s certificate does not fit this computer’s clock.',
    action: 'Correct date and time, then try again.',
  },
  deskRetired: {
    title: 'This computer was retired and issues no number.',
    action: 'Reading goes on. Receive on another computer and tell the administrator.',
  },
  enrolmentAlready: { title: 'This computer is enrolled.', action: 'Open the app again and sign in.' },
  unreachable: { title: 'The receiving side cannot be reached.', action: 'Check line and address, then try again.' },
  wrongCode: { title: 'Wrong sign-in code.', action: '{{tries}} tries left.' },
  locked: { title: 'Too many wrong tries.', action: 'Try again after {{time}}.' },
  unknownStaff: { title: 'This officer is not in the list.', action: 'Choose the name again.' },
  notEnrolled: { title: 'This computer is not enrolled.', action: 'Enter address and code.' },
  bug: { title: 'Something went wrong in the app.', action: 'Try again, or reload; what was saved is kept.' },
  returned: {
    changedMeanwhile: 'Someone else did this before.',
    wrongStatus: 'The dossier had moved on.',
    notPermitted: 'The role of the writer does not allow it.',
    altered: 'What was sent does not fit this computer. Tell the administrator.',
    malformed: 'The content could not be read.',
    newerVersion: 'A newer app wrote to this dossier.',
    other: 'It no longer fits the dossier.',
    nextStep: 'Open the dossier, look at its history and do it again if still needed.',
  },
  finding: {
    refusedByRule: 'Done, but not by the rule; a leader should look.',
    lostRace: 'Two acted; this was recorded second.',
    otherDueDate: 'The due date on paper differs from the computed one.',
    otherFee: 'The amount on paper differs from the computed one.',
    duplicateNumber: 'Another dossier has this number already.',
    unknownStaff: 'The writer is not in the staff list.',
    other: 'A leader should look at this.',
  },
  line: {
    retired: 'This computer was retired and cannot send any more. Tell the administrator.',
    unknownDesk: 'The receiving side does not know this computer. Nothing is lost. Ask for a new code and enrol again.',
    wrongKey:
      'The server shows another certificate than the known one. Nothing was sent or lost. Tell the administrator.',
    notVouched: 'No authority vouches for the server’s certificate. Nothing was sent or lost. Tell the administrator.',
    certificateDates:
      'By this computer’s clock the server’s certificate is not valid. Correct the clock; it goes on by itself.',
    tooOld: 'The app is too old to send; update it.',
    clock: 'The clock is far off; not sent yet.',
    overloaded: 'The receiving side is busy; it will be tried again.',
    full: 'Free some space on this computer; it goes on by itself. What was saved is kept.',
    readOnly: 'Ask for write permission; it goes on by itself. What was saved is kept.',
    damaged: 'Close and open the app; then have the disk checked.',
    bug: 'The line is not the cause. What was saved is kept. Close and open the app; then tell the administrator.',
    other: 'The receiving side does not accept it yet. Ask for help.',
  },
}
