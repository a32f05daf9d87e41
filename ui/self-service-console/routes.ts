import { LoadingState, NoSuchPage } from '@driftlock/ui-kit'
import type { RouteObject } from 'react-router'
import { SelfServiceShell } from './shell/self-service-shell.tsx'

/** Every page with its address; each is loaded when it is opened. */
export const routes: readonly RouteObject[] = [
  {
    path: '/',
    Component: SelfServiceShell,
    HydrateFallback: LoadingState,
    children: [
      {
        index: true,
        lazy: async () => ({ Component: (await import('./tokens/my-tokens-page.tsx')).MyTokensPage }),
      },
      {
        path: 'troubleshoot',
        lazy: async () => ({ Component: (await import('./troubleshoot/choose-token-page.tsx')).ChooseTokenPage }),
      },
      { path: 'test', lazy: async () => ({ Component: (await import('./test/test-page.tsx')).TestPage }) },
      { path: 'history', lazy: async () => ({ Component: (await import('./history/history-page.tsx')).HistoryPage }) },
      {
        path: 'tokens/:tokenId/troubleshoot',
        lazy: async () => ({ Component: (await import('./troubleshoot/troubleshoot-page.tsx')).TroubleshootPage }),
      },
      {
        path: 'tokens/:tokenId/confirm-undamaged',
        lazy: async () => ({
          Component: (await import('./troubleshoot/confirm-undamaged-page.tsx')).ConfirmUndamagedPage,
        }),
      },
      {
        path: 'tokens/:tokenId/resynchronize',
        lazy: async () => ({ Component: (await import('./troubleshoot/resynchronize-page.tsx')).ResynchronizePage }),
      },
      {
        path: 'tokens/:tokenId/forgot-pin',
        lazy: async () => ({ Component: (await import('./pin/pin-pages.tsx')).ForgotPinPage }),
      },
      {
        path: 'tokens/:tokenId/change-pin',
        lazy: async () => ({ Component: (await import('./pin/pin-pages.tsx')).ChangePinPage }),
      },
      {
        path: 'tokens/:tokenId/enable',
        lazy: async () => ({ Component: (await import('./tokens/enable-page.tsx')).EnablePage }),
      },
      { path: '*', Component: NoSuchPage },
    ],
  },
]
