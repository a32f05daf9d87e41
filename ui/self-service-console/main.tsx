import './self-service.css'
import { startConsole } from '@driftlock/ui-kit'
import { routes } from './routes.ts'

await startConsole({
  basePath: '/self-service',
  logOnPath: '/self-service/log-on',
  texts: { en: () => import('./language/en.ts'), de: () => import('./language/de.ts') },
  routes,
})
