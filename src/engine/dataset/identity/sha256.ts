/** SHA-256 (FIPS 180-4) as 64 hex digits. */
export async function sha256(bytes: Uint8Array): Promise<string> {
  // Pages loaded over plain http from another machine have no `crypto.subtle`.
  const subtle: SubtleCrypto | undefined = globalThis.crypto?.subtle;
  if (!subtle) return sha256InScript(bytes);
  const digest = await subtle.digest("SHA-256", bytes as Uint8Array<ArrayBuffer>);
  return hex(new Uint8Array(digest));
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

const BLOCK = 64;
const ROUNDS = 64;

function firstPrimes(count: number): number[] {
  const primes: number[] = [];
  for (let n = 2; primes.length < count; n++) {
    if (primes.every((prime) => n % prime !== 0)) primes.push(n);
  }
  return primes;
}

/** The first 32 fractional bits of a positive number. */
function fraction(x: number): number {
  return ((x - Math.floor(x)) * 2 ** 32) >>> 0;
}

const primes = firstPrimes(ROUNDS);
const roundConstants = Uint32Array.from(primes, (prime) => fraction(Math.cbrt(prime)));
const initialState = primes.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));

const rotate = (word: number, by: number) => (word >>> by) | (word << (32 - by));

/** Larger files are hashed in pieces, since the browser's own function takes a second copy of all that it is given. */
const PIECE = 16 * 1024 ** 2;

/** SHA-256 of a file, as 64 hex digits. */
export async function sha256Of(file: Blob, pieceBytes = PIECE): Promise<string> {
  if (file.size <= pieceBytes) return sha256(new Uint8Array(await file.arrayBuffer()));
  const sum = new Sha256();
  for (let from = 0; from < file.size; from += pieceBytes)
    sum.add(new Uint8Array(await file.slice(from, from + pieceBytes).arrayBuffer()));
  return sum.digest();
}

export function sha256InScript(bytes: Uint8Array): string {
  const sum = new Sha256();
  sum.add(bytes);
  return sum.digest();
}

/** The standard's algorithm, unoptimized: about 100 MB per second. */
class Sha256 {
  private readonly state = Int32Array.from(initialState);
  private readonly schedule = new Int32Array(ROUNDS);
  /** Bytes that do not fill a block yet. */
  private rest = new Uint8Array(0);
  private length = 0;

  add(more: Uint8Array): void {
    this.length += more.length;
    const bytes = this.rest.length > 0 ? joined(this.rest, more) : more;
    const whole = bytes.length - (bytes.length % BLOCK);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let at = 0; at < whole; at += BLOCK) compress(this.state, this.schedule, view, at);
    this.rest = bytes.slice(whole);
  }

  digest(): string {
    // The remaining bytes, a one bit, zeros, and the length in bits.
    const { rest, state, schedule } = this;
    const tail = new DataView(new ArrayBuffer(rest.length + 9 > BLOCK ? 2 * BLOCK : BLOCK));
    new Uint8Array(tail.buffer).set(rest);
    tail.setUint8(rest.length, 0x80);
    tail.setBigUint64(tail.byteLength - 8, BigInt(this.length) * 8n);
    for (let at = 0; at < tail.byteLength; at += BLOCK) compress(state, schedule, tail, at);

    const digest = new DataView(new ArrayBuffer(32));
    state.forEach((word, i) => {
      digest.setInt32(4 * i, word);
    });
    return hex(new Uint8Array(digest.buffer));
  }
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const all = new Uint8Array(first.length + second.length);
  all.set(first);
  all.set(second, first.length);
  return all;
}

function compress(state: Int32Array, w: Int32Array, view: DataView, at: number): void {
  for (let t = 0; t < 16; t++) w[t] = view.getInt32(at + 4 * t);
  for (let t = 16; t < ROUNDS; t++) {
    const early = w[t - 15] as number;
    const late = w[t - 2] as number;
    const sigma0 = rotate(early, 7) ^ rotate(early, 18) ^ (early >>> 3);
    const sigma1 = rotate(late, 17) ^ rotate(late, 19) ^ (late >>> 10);
    w[t] = ((w[t - 16] as number) + sigma0 + (w[t - 7] as number) + sigma1) | 0;
  }
  let [a, b, c, d, e, f, g, h] = state as unknown as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  for (let t = 0; t < ROUNDS; t++) {
    const sum1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
    const choice = (e & f) ^ (~e & g);
    const t1 = (h + sum1 + choice + (roundConstants[t] as number) + (w[t] as number)) | 0;
    const sum0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
    const majority = (a & b) ^ (a & c) ^ (b & c);
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + sum0 + majority) | 0;
  }
  [a, b, c, d, e, f, g, h].forEach((word, i) => {
    state[i] = (state[i] as number) + word;
  });
}
