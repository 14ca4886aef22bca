import { createSpotlight } from '@mantine/spotlight'

/** Of the palette (Ctrl K), which is opened from several places. */
export const [paletteStore, palette] = createSpotlight()
