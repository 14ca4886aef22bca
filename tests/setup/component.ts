/** What every component test needs: matchers, a clean page after each test, and what happy-dom lacks for Mantine. */
import '@testing-library/jest-dom/vitest'
import { cleanup } from '@testing-library/react'
import { afterEach } from 'vitest'

afterEach(cleanup)

window.HTMLElement.prototype.scrollIntoView = () => undefined
