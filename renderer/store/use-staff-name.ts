import { useReference } from './use-reference.ts'

/** An officer's name by id, as the district publishes it. */
export function useStaffNames(): (staffId: string) => string | undefined {
  const { staff } = useReference()
  return (staffId) => staff?.staff.find(({ id }) => id === staffId)?.name
}
