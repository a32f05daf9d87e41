import './security-console.css'
import { startConsole } from '@driftlock/ui-kit'
import { routes } from './routes.ts'

await startConsole({
  basePath: '/console',
  logOnPath: '/console/log-on',
  texts: { en: () => import('./language/en.ts'), de: () => import('./language/de.ts') },
  routes,
})
