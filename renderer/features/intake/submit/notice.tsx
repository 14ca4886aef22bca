import { NoticeBox } from '../../../ui/notice-box.tsx'
import { useReceive } from './receive-context.ts'
import styles from '../intake.module.css'

export function Notice() {
  const { notice } = useReceive()
  if (!notice) return null
  return (
    <div className={styles.notice}>
      <NoticeBox notice={notice} />
    </div>
  )
}
