/** Bytes that are appended one after the other, with the encodings of the WebAssembly binary format. */
export class Bytes {
  private data = new Uint8Array(256);
  private used = 0;

  get length(): number {
    return this.used;
  }

  byte(value: number): this {
    if (this.used === this.data.length) this.grow(1);
    this.data[this.used++] = value;
    return this;
  }

  append(bytes: ArrayLike<number>): this {
    this.grow(bytes.length);
    this.data.set(bytes, this.used);
    this.used += bytes.length;
    return this;
  }

  /** LEB128, unsigned 32 bits. */
  unsigned(value: number): this {
    let rest = value >>> 0;
    while (rest >= 128) {
      this.byte((rest & 127) | 128);
      rest >>>= 7;
    }
    return this.byte(rest);
  }

  /** LEB128, signed; `value` fits 32 bits, signed or not. */
  signed(value: number): this {
    let rest = value | 0;
    for (;;) {
      const low = rest & 127;
      rest >>= 7;
      if ((rest === 0 && (low & 64) === 0) || (rest === -1 && (low & 64) !== 0)) return this.byte(low);
      this.byte(low | 128);
    }
  }

  float32(value: number): this {
    return this.append(new Uint8Array(new Float32Array([value]).buffer));
  }

  float64(value: number): this {
    return this.append(new Uint8Array(new Float64Array([value]).buffer));
  }

  text(value: string): this {
    const encoded = new TextEncoder().encode(value);
    return this.unsigned(encoded.length).append(encoded);
  }

  finish(): Uint8Array<ArrayBuffer> {
    return this.data.slice(0, this.used);
  }

  private grow(more: number): void {
    if (this.used + more <= this.data.length) return;
    const larger = new Uint8Array(Math.max(2 * this.data.length, this.used + more));
    larger.set(this.data);
    this.data = larger;
  }
}
