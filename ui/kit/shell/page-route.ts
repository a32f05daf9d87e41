import type { ComponentType } from 'react'
import type { RouteObject } from 'react-router'
import { BrokenPage } from '../states/route-problem.tsx'

/**
 * A page that is loaded when it is opened; an empty path is the console's first page.
 * Where the network is lost before the page is there, words and a way on stand in its place: the router would show nothing.
 */
export function pageRoute(path: string, load: () => Promise<ComponentType>): RouteObject {
  const lazy = async () => ({ Component: await orBroken(load) })
  return path === '' ? { index: true, lazy } : { path, lazy }
}

async function orBroken(load: () => Promise<ComponentType>): Promise<ComponentType> {
  try {
    const loaded: ComponentType | undefined = await load()
    return loaded ?? BrokenPage
  } catch {
    return BrokenPage
  }
}
