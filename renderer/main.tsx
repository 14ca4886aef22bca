import './app/no-eval.ts'
import './ui/styles.ts'
import { createRoot } from 'react-dom/client'
import { App } from './app/app.tsx'
import { adoptTheme } from './ui/adopt-theme.ts'

adoptTheme()
const root = document.getElementById('root')
if (root) createRoot(root).render(<App />)
