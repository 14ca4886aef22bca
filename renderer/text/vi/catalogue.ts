export const catalogue = { title: '' } as const
