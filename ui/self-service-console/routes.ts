import { LoadingState, NoSuchPage, pageRoute } from '@driftlock/ui-kit'
import type { RouteObject } from 'react-router'
import { SelfServiceShell } from './shell/self-service-shell.tsx'

/** Every page with its address; each is loaded when it is opened. */
export const routes: readonly RouteObject[] = [
  {
    path: '/',
    Component: SelfServiceShell,
    HydrateFallback: LoadingState,
    children: [
      pageRoute('', async () => (await import('./tokens/my-tokens-page.tsx')).MyTokensPage),
      pageRoute('troubleshoot', async () => (await import('./troubleshoot/choose-token-page.tsx')).ChooseTokenPage),
      pageRoute('test', async () => (await import('./test/test-page.tsx')).TestPage),
      pageRoute('history', async () => (await import('./history/history-page.tsx')).HistoryPage),
      pageRoute(
        'tokens/:tokenId/troubleshoot',
        async () => (await import('./troubleshoot/troubleshoot-page.tsx')).TroubleshootPage,
      ),
      pageRoute(
        'tokens/:tokenId/confirm-undamaged',
        async () => (await import('./troubleshoot/confirm-undamaged-page.tsx')).ConfirmUndamagedPage,
      ),
      pageRoute(
        'tokens/:tokenId/resynchronize',
        async () => (await import('./troubleshoot/resynchronize-page.tsx')).ResynchronizePage,
      ),
      pageRoute('tokens/:tokenId/forgot-pin', async () => (await import('./pin/pin-pages.tsx')).ForgotPinPage),
      pageRoute('tokens/:tokenId/change-pin', async () => (await import('./pin/pin-pages.tsx')).ChangePinPage),
      pageRoute('tokens/:tokenId/enable', async () => (await import('./tokens/enable-page.tsx')).EnablePage),
      { path: '*', Component: NoSuchPage },
    ],
  },
]
