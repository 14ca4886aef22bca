import type { TextShape } from '../text-shape.ts'
import type { courier as source } from '../vi/courier.ts'

export const courier: TextShape<typeof source> = {
  title: 'Send by USB stick',
  when: 'For days without a line. How',
  lead: 'Write unsent work to a stick, take it to the {{tier}} or to another desk with a line, and bring the receipt back here. The file on the stick is sealed: whoever finds it reads nothing.',
  write: 'Write to USB…',
  read: 'Read from USB…',
  progress: 'Progress of writing to USB',
  writing: 'Writing {{done}} of {{total}}',
  outcome: {
    written: {
      title: '{{events}} acts and {{scans}} scans were written to {{name}}.',
      action: 'It was read back whole; the stick can be taken out. The work stays unsent until a receipt comes.',
    },
    carrying: {
      title: 'Keeping the file of another desk: {{events}} acts, {{scans}} scans.',
      action: 'It is sent as soon as there is a line. See Files carried for others.',
    },
    receipt: {
      title: '{{tier}} received {{accepted}} acts and {{scans}} scans.',
      action: '{{received}} acts of other desks came along.',
      returned: '{{returned}} acts came back; see on the right.',
    },
    nothingNew: {
      title: 'This receipt says nothing new.',
      action: 'All of it is known here, or it is too old. Nothing changed.',
    },
  },
  written: 'Files written at this desk',
  writtenLine: '{{when}}: {{events}} acts, {{scans}} scans',
  answered: 'receipt is here',
  unanswered: 'no receipt yet',
  carried: 'Files carried for others',
  carriedLine: 'Desk of lane {{lane}}, written {{when}}: {{events}} acts, {{scans}} scans, {{bytes}}',
  waiting: 'Waits for a line.',
  receiptReady: '{{tier}} received it. Write the receipt to a stick and take it back to that desk.',
  refused: 'Not taken: {{why}}',
  tooOld: 'The app at the desk that wrote it is too old. Update it there and write the file again.',
  saveReceipt: 'Write the receipt to USB…',
  receiptSaved: 'The receipt was written to USB.',
  discard: 'Take off the list',
}
