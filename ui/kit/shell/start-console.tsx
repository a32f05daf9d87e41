import '../patternfly.css'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { I18nextProvider } from 'react-i18next'
import { createBrowserRouter, type RouteObject } from 'react-router'
import { RouterProvider } from 'react-router/dom'
import { createApiClient } from '../api/api-client.ts'
import { ApiContext } from '../api/api-context.ts'
import { ApiProblem } from '../api/api-problem.ts'
import { ConfirmProvider } from '../dialogs/confirm-provider.tsx'
import { createTexts } from '../language/i18n.ts'
import type { TextLoaders } from '../language/texts.ts'
import { LoadingState } from '../states/loading-state.tsx'
import { RouteProblem } from '../states/route-problem.tsx'
import { ToastProvider } from '../toasts/toast-provider.tsx'
import { loadWhenUsed } from './load-when-used.ts'
import { followTheme } from './theme.ts'

interface ConsoleDefinition {
  /** Where the console is served, without a slash at the end: `/self-service`. */
  readonly basePath: string
  /** Page of the server where one logs on; the address that was wanted comes behind it. */
  readonly logOnPath: string
  readonly texts: TextLoaders
  readonly routes: readonly RouteObject[]
}

const laterParts = [
  () => import('../dialogs/confirm-dialog.tsx'),
  () => import('../menus/menu.tsx'),
  () => import('../toasts/toast-alert.tsx'),
  () => import('./session-end-dialog.tsx'),
]

/** Starts a console in the element `#console` of its page. */
export async function startConsole(definition: ConsoleDefinition): Promise<void> {
  followTheme()
  loadWhenUsed(laterParts)
  const texts = await createTexts(definition.texts)
  const api = createApiClient(() => {
    goToLogOn(definition.logOnPath)
  })
  const router = createBrowserRouter(definition.routes.map(withProblemPage), { basename: definition.basePath })
  const element = document.querySelector('#console')
  if (!element) throw new Error('the page has no element #console')
  createRoot(element).render(
    <StrictMode>
      <I18nextProvider i18n={texts}>
        <QueryClientProvider client={createQueryClient()}>
          <ApiContext value={api}>
            <ToastProvider>
              <ConfirmProvider>
                <RouterProvider router={router} />
              </ConfirmProvider>
            </ToastProvider>
          </ApiContext>
        </QueryClientProvider>
      </I18nextProvider>
    </StrictMode>,
  )
}

function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        // What the server refused is refused again; only what was lost on the way is worth another try.
        // Without a network a page says so at once, and loads what it lacks when the network is back.
        networkMode: 'always',
        refetchOnReconnect: true,
        retry: (tries, error) =>
          tries < 2 && navigator.onLine && error instanceof ApiProblem && [0, 503].includes(error.status),
      },
      mutations: { networkMode: 'always' },
    },
  })
}

/** A page that fails leaves the frame around it standing: navigation, menus, and the word that there is no network. */
function withProblemPage(route: RouteObject): RouteObject {
  const framed = { ErrorBoundary: RouteProblem, HydrateFallback: LoadingState, ...route }
  if (framed.index === true || framed.children === undefined) return framed
  return { ...framed, children: framed.children.map((child) => ({ ErrorBoundary: RouteProblem, ...child })) }
}

/** Leaves for the log-on page, which comes back to where the person was. */
export function goToLogOn(logOnPath: string): void {
  const wanted = `${location.pathname}${location.search}`
  location.assign(`${logOnPath}?next=${encodeURIComponent(wanted)}`)
}
