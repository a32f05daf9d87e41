import { NoSuchPage } from '@driftlock/ui-kit'
import type { RouteObject } from 'react-router'
import { SelfServiceShell } from './shell/self-service-shell.tsx'

export const routes: readonly RouteObject[] = [
  {
    path: '/',
    Component: SelfServiceShell,
    children: [{ path: '*', Component: NoSuchPage }],
  },
]
