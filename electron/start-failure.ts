import { randomUUID } from 'node:crypto'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { findStoreFailure } from './disk/store-failure.ts'
import { KeyUnavailable } from './vault/data-key.ts'

/** What the disk answers to a write in a folder; nothing when it takes it. */
export function findWriteRefusal(folder: string): unknown {
  const probe = path.join(folder, `.probe-${randomUUID().slice(0, 8)}`)
  try {
    mkdirSync(folder, { recursive: true })
    writeFileSync(probe, 'x')
    return undefined
  } catch (cause) {
    return cause
  } finally {
    rmSync(probe, { force: true })
  }
}

/** What the officer is told when the app could not open, and what to do about it. */
export function describeStartFailure(cause: unknown): string {
  if (cause instanceof KeyUnavailable) {
    return 'Không mở được khóa dữ liệu của quầy. Dữ liệu đã lưu vẫn còn nguyên, đừng xóa gì. Đăng nhập lại Windows bằng đúng tài khoản đã cài, rồi mở lại phần mềm; nếu vẫn vậy, báo người quản trị.'
  }
  switch (findStoreFailure(cause)?.code) {
    case 'store/full':
      return 'Ổ đĩa đầy nên phần mềm chưa mở được. Dữ liệu đã lưu vẫn còn nguyên. Xóa bớt tệp khác trên máy, rồi mở lại phần mềm.'
    case 'store/read-only':
      return 'Thư mục dữ liệu chỉ cho đọc nên phần mềm chưa mở được. Dữ liệu đã lưu vẫn còn nguyên. Báo người phụ trách máy mở quyền ghi, rồi mở lại phần mềm.'
    case 'store/damaged':
      return 'Ổ đĩa đọc ghi bị lỗi nên phần mềm chưa mở được. Khởi động lại máy; nếu vẫn vậy, báo người phụ trách máy kiểm tra ổ đĩa. Đừng xóa gì trong thư mục dữ liệu.'
    default:
      return 'Phần mềm chưa mở được. Dữ liệu đã lưu vẫn còn nguyên. Khởi động lại máy; nếu vẫn vậy, báo người quản trị.'
  }
}
