import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { language } from './words.ts'

const root = document.getElementById('root')
if (root === null) throw new Error('The page has no root element.')
document.documentElement.lang = language
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
