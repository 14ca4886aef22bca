/** Where a story is told, and the moment its day begins. */
export interface StoryPlace {
  /** The data set the district is started with. */
  readonly seed: string
  readonly unitId: string
  readonly dayBegins: string
}

/** Wednesday 17/08/2022, 08:00 in Gôi: the day on which pictures and due dates repeat. */
export const goi2022: StoryPlace = { seed: 'vu-ban-2022', unitId: 'goi', dayBegins: '2022-08-17T08:00:00+07:00' }

/** The eve of the first "Ngày Văn hóa Việt Nam" (24/11/2026): a due date has to step over a holiday no library knows. */
export const vuBan2025: StoryPlace = {
  seed: 'vu-ban-2025',
  unitId: 'xa-vu-ban',
  dayBegins: '2026-11-23T08:00:00+07:00',
}
