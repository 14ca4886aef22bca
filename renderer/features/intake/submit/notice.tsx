import { NoticeBox } from '../../../ui/notice-box.tsx'
import styles from '../intake.module.css'
import { useReceive } from './receive-context.ts'

export function Notice() {
  const { notice } = useReceive()
  if (!notice) return null
  return (
    <div className={styles.notice}>
      <NoticeBox notice={notice} />
    </div>
  )
}
