import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { allowance } from './cruise-rules.ts'
import { folderPattern, type Ring, ringOf } from './rings.ts'

const manifestSchema = z.object({
  name: z.string(),
  workspaces: z.array(z.string()).default([]),
  dependencies: z.record(z.string(), z.string()).default({}),
  devDependencies: z.record(z.string(), z.string()).default({}),
  peerDependencies: z.record(z.string(), z.string()).default({}),
  optionalDependencies: z.record(z.string(), z.string()).default({}),
})

/** A package.json of the workspace; `folder` is its place from the root, `''` for the root itself. */
export type Manifest = z.infer<typeof manifestSchema> & { readonly folder: string }

/** The root's manifest first, then every workspace's. */
export function readManifests(root: string): readonly Manifest[] {
  const top = readManifest(root, '')
  const folders = top.workspaces.flatMap((pattern) => globSync(`${pattern}/package.json`, { cwd: root }))
  return [top, ...folders.toSorted().map((path) => readManifest(root, path.slice(0, -'/package.json'.length)))]
}

function readManifest(root: string, folder: string): Manifest {
  const text = readFileSync(join(root, folder, 'package.json'), 'utf8')
  return { ...manifestSchema.parse(JSON.parse(text)), folder }
}

/** What the manifests declare against the table of rings; one line per fault. */
export function manifestProblems(manifests: readonly Manifest[]): string[] {
  const folderOf = new Map(manifests.map((manifest) => [manifest.name, manifest.folder]))
  return manifests
    .filter((manifest) => manifest.folder !== '')
    .flatMap((manifest) => {
      const ring = ringOf(manifest.folder)
      if (!ring) return [`${manifest.folder}/package.json: no ring of the table holds this folder`]
      return Object.entries(declaredBy(manifest)).flatMap(([name, version]) => {
        const at = `${manifest.folder}/package.json: ${name}`
        const exact = /^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version) ? [] : [`${at} has no exact version: ${version}`]
        return mayDeclare(ring, name, folderOf.get(name))
          ? exact
          : [...exact, `${at} is forbidden there (allowed: ${allowance(ring)})`]
      })
    })
}

function mayDeclare(ring: Ring, name: string, workspaceFolder: string | undefined): boolean {
  if (workspaceFolder !== undefined) {
    return ring.mayImport.some((folder) => new RegExp(`^${folderPattern(folder)}$`).test(workspaceFolder))
  }
  return ring.packages === 'declared' || ring.packages.some((allowed) => packageMatches(allowed, name))
}

function packageMatches(allowed: string, name: string): boolean {
  return allowed.endsWith('/*') ? name.startsWith(allowed.slice(0, -1)) : name === allowed
}

/** Everything a manifest brings into its folder at run time. */
export function declaredBy(manifest: Manifest): Readonly<Record<string, string>> {
  return { ...manifest.dependencies, ...manifest.peerDependencies, ...manifest.optionalDependencies }
}
