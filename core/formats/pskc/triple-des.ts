// DES as in FIPS 46-3 (withdrawn; kept for files that use it). Bit 1 is the most significant, as in the standard's tables.

const INITIAL_PERMUTATION = [58, 60, 62, 64, 57, 59, 61, 63].flatMap((first) =>
  Array.from({ length: 8 }, (_, i) => first - 8 * i),
)
const FINAL_PERMUTATION = INITIAL_PERMUTATION.map((_, i) => INITIAL_PERMUTATION.indexOf(i + 1) + 1)
const ROUND_PERMUTATION = [
  16, 7, 20, 21, 29, 12, 28, 17, 1, 15, 23, 26, 5, 18, 31, 10, 2, 8, 24, 14, 32, 27, 3, 9, 19, 13, 30, 6, 22, 11, 4, 25,
]
const KEY_CHOICE_1 = [
  57, 49, 41, 33, 25, 17, 9, 1, 58, 50, 42, 34, 26, 18, 10, 2, 59, 51, 43, 35, 27, 19, 11, 3, 60, 52, 44, 36, 63, 55,
  47, 39, 31, 23, 15, 7, 62, 54, 46, 38, 30, 22, 14, 6, 61, 53, 45, 37, 29, 21, 13, 5, 28, 20, 12, 4,
]
const KEY_CHOICE_2 = [
  14, 17, 11, 24, 1, 5, 3, 28, 15, 6, 21, 10, 23, 19, 12, 4, 26, 8, 16, 7, 27, 20, 13, 2, 41, 52, 31, 37, 47, 55, 30,
  40, 51, 45, 33, 48, 44, 49, 39, 56, 34, 53, 46, 42, 50, 36, 29, 32,
]
const KEY_SHIFTS = [1, 1, 2, 2, 2, 2, 2, 2, 1, 2, 2, 2, 2, 2, 2, 1]

/** The eight selection functions: four rows of sixteen hexadecimal digits each. */
const SELECTIONS = [
  'e4d12fb83a6c59070f74e2d1a6cb953841e8d62bfc973a50fc8249175b3ea06d',
  'f18e6b34972dc05a3d47f28ec01a69b50e7ba4d158c6932fd8a13f42b67c05e9',
  'a09e63f51dc7b428d709346a285ecbf1d6498f30b12c5ae71ad069874fe3b52c',
  '7de3069a1285bc4fd8b56f03472c1ae9a690cb7df13e52843f06a1d8945bc72e',
  '2c417ab6853fd0e9eb2c47d150fa3986421bad78f9c5630eb8c71e2d6f09a453',
  'c1af92680d34e75baf427c9561de0b389ef528c3704a1db6432c95fabe17608d',
  '4b2ef08d3c975a61d0b7491ae35c2f8614bdc37eaf6805926bd814a7950fe23c',
  'd2846fb1a93e50c71fd8a374c56b0e927b419ce206adf35821e74a8dfc90356b',
]

type Bits = readonly number[]

const bitsOf = (bytes: Uint8Array): Bits =>
  [...bytes].flatMap((byte) => Array.from({ length: 8 }, (_, i) => (byte >> (7 - i)) & 1))
const choose = (bits: Bits, table: readonly number[]): Bits => table.map((place) => bits[place - 1] ?? 0)
const numberOf = (bits: Bits): number => bits.reduce((value, bit) => value * 2 + bit, 0)

/** Selection and round permutation in one look-up: [box * 64 + six input bits] -> 32 bits. */
const ROUND_TABLE = Uint32Array.from({ length: 512 }, (_empty, index) => {
  const box = index >> 6
  const input = index & 63
  const row = ((input >> 4) & 2) | (input & 1)
  const digit = Number.parseInt(SELECTIONS[box]?.[row * 16 + ((input >> 1) & 15)] ?? '', 16)
  const bits = Array.from({ length: 32 }, (_, i) => (i >> 2 === box ? (digit >> (3 - (i & 3))) & 1 : 0))
  return numberOf(choose(bits, ROUND_PERMUTATION))
})

/** Sixteen round keys, each as eight six-bit numbers. */
const expandKey = (key: Uint8Array): readonly Uint8Array[] => {
  const chosen = choose(bitsOf(key), KEY_CHOICE_1)
  let left = chosen.slice(0, 28)
  let right = chosen.slice(28)
  return KEY_SHIFTS.map((shift) => {
    left = [...left.slice(shift), ...left.slice(0, shift)]
    right = [...right.slice(shift), ...right.slice(0, shift)]
    const bits = choose([...left, ...right], KEY_CHOICE_2)
    return Uint8Array.from({ length: 8 }, (_, i) => numberOf(bits.slice(6 * i, 6 * i + 6)))
  })
}

const roundFunction = (half: number, roundKey: Uint8Array): number => {
  let result = 0
  for (let box = 0; box < 8; box += 1) {
    const turn = (4 * box + 31) & 31
    const six = (turn === 0 ? half : (half << turn) | (half >>> (32 - turn))) >>> 26
    result |= ROUND_TABLE[(box << 6) | (six ^ (roundKey[box] as number))] as number // both indexes are below the lengths
  }
  return result
}

/** One DES pass over a pre-permuted block: the initial and final permutations of inner passes cancel. */
const pass = (block: readonly [number, number], roundKeys: readonly Uint8Array[]): [number, number] => {
  let [left, right] = block
  for (const roundKey of roundKeys) [left, right] = [right, left ^ roundFunction(right, roundKey)]
  return [right, left]
}

/** The round keys of the three passes of a decryption, made once per key. */
export type TripleDesKey = readonly (readonly Uint8Array[])[]

/** Prepares a key of 24 bytes, or of 16 for K1 K2 K1, for decryption; parity bits are ignored. */
export const tripleDesDecryptionKey = (key: Uint8Array): TripleDesKey => {
  const single = (start: number): Uint8Array => key.subarray(start % key.length, (start % key.length) + 8)
  return [expandKey(single(16)).toReversed(), expandKey(single(8)), expandKey(single(0)).toReversed()]
}

/** Triple DES in CBC mode over whole blocks of 8 bytes with an iv of 8 bytes; the padding is left in place. */
export const decryptTripleDesCbc = (key: TripleDesKey, iv: Uint8Array, data: Uint8Array): Uint8Array => {
  const plain = new Uint8Array(data.length)
  let previous = iv
  for (let start = 0; start < data.length; start += 8) {
    const cipherBlock = data.subarray(start, start + 8)
    const bits = choose(bitsOf(cipherBlock), INITIAL_PERMUTATION)
    const [left, right] = key.reduce<[number, number]>(pass, [
      numberOf(bits.slice(0, 32)) | 0,
      numberOf(bits.slice(32)) | 0,
    ])
    const output = choose(bitsOf(bigEndian(left, right)), FINAL_PERMUTATION)
    for (let i = 0; i < 8; i += 1) {
      plain[start + i] = numberOf(output.slice(8 * i, 8 * i + 8)) ^ (previous[i] as number) // iv and blocks have 8 bytes
    }
    previous = cipherBlock
  }
  return plain
}

const bigEndian = (left: number, right: number): Uint8Array =>
  Uint8Array.from({ length: 8 }, (_, i) => ((i < 4 ? left : right) >>> (24 - 8 * (i & 3))) & 0xff)
