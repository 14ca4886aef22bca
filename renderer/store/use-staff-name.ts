import { useMemo } from 'react'
import { useReference } from './use-reference.ts'

/** An officer's name by id, as the district publishes it. */
export function useStaffNames(): (staffId: string) => string | undefined {
  const { staff } = useReference()
  return useMemo(() => {
    const names = new Map<string, string>(staff?.staff.map(({ id, name }) => [id, name]))
    return (staffId: string) => names.get(staffId)
  }, [staff])
}
