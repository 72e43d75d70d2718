import { createRoot } from 'react-dom/client'
import { Gallery } from './gallery.tsx'

// A test has put its own sample data there by now.
if (!('radpost' in window)) await import('./install.ts')
const root = document.getElementById('root')
if (root === null) throw new Error('The page has no place for the gallery.')
createRoot(root).render(<Gallery />)
