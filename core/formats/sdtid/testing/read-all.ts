import { readSdtid, type SdtidRecord } from '../read-sdtid.ts'

/** All records of a file at once. */
export async function readAllSdtid(chunks: Iterable<Uint8Array>, password?: string): Promise<SdtidRecord[]> {
  const records: SdtidRecord[] = []
  for await (const record of readSdtid(chunks, { password })) records.push(record)
  return records
}
