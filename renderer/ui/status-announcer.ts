import { createCell, useCell } from '../store/cell.ts'

/** Written by screens through `announceStatus`. */
const announcementCell = createCell('')

/** Shows a line in the status bar: "Đã lưu nháp 09:47:03". Never a toast, so typing is not disturbed (R7). */
export function announceStatus(text: string): void {
  announcementCell.set(text)
}

export function useStatusAnnouncement(): string {
  return useCell(announcementCell)
}
