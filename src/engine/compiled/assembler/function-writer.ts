import { Bytes } from "./bytes";
import { plain, vector } from "./instructions";

/** Types of values, as the binary format numbers them. */
export const I32 = 0x7f;
export const F32 = 0x7d;
export const F64 = 0x7c;
export const V128 = 0x7b;
export type ValueType = typeof I32 | typeof F32 | typeof F64 | typeof V128;

/** A local variable of a function, a parameter or not, by its number. */
export type Local = number;

type Plain = { readonly [name in keyof typeof plain]: () => FunctionWriter };
type Vector = { readonly [name in keyof typeof vector]: () => FunctionWriter };
export interface FunctionWriter extends Plain, Vector {}

const relaxedMadd = 0x105;

/**
 * The body of one function, instruction after instruction. Instructions take their operands from a stack; every method
 * returns the writer. Offsets of loads and stores are in bytes, added to the address on the stack.
 */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: the methods are made of the tables above.
export class FunctionWriter {
  private readonly locals: ValueType[] = [];
  private readonly free = new Map<ValueType, Local[]>();
  private readonly code = new Bytes();
  private addend: Local | undefined;

  constructor(
    private readonly parameters: number,
    /** Whether a·b + c is one instruction, rounded once or twice as the machine likes. */
    private readonly relaxed: boolean,
  ) {}

  /** A local that is not in use; it may hold anything. */
  local(type: ValueType): Local {
    const spare = this.free.get(type)?.pop();
    if (spare !== undefined) return spare;
    this.locals.push(type);
    return this.parameters + this.locals.length - 1;
  }

  manyLocals(type: ValueType, count: number): Local[] {
    return Array.from({ length: count }, () => this.local(type));
  }

  /** Hands locals back. */
  release(type: ValueType, ...locals: readonly Local[]): FunctionWriter {
    const free = this.free.get(type) ?? [];
    free.push(...locals);
    this.free.set(type, free);
    return this;
  }

  get(local: Local): FunctionWriter {
    return this.indexed(0x20, local);
  }

  set(local: Local): FunctionWriter {
    return this.indexed(0x21, local);
  }

  tee(local: Local): FunctionWriter {
    return this.indexed(0x22, local);
  }

  i32(value: number): FunctionWriter {
    this.code.byte(0x41).signed(value);
    return this;
  }

  f32(value: number): FunctionWriter {
    this.code.byte(0x43).float32(value);
    return this;
  }

  f64(value: number): FunctionWriter {
    this.code.byte(0x44).float64(value);
    return this;
  }

  /** local ← local + bytes. */
  advance(local: Local, bytes: number): FunctionWriter {
    return bytes === 0 ? this : this.get(local).i32(bytes).add().set(local);
  }

  /** Four times the same number. */
  constantV(value: number): FunctionWriter {
    const bits = new Uint8Array(new Float32Array([value, value, value, value]).buffer);
    return this.simd(0x0c).raw(bits);
  }

  /** Four times the same whole number. */
  constantIV(value: number): FunctionWriter {
    const bits = new Uint8Array(new Int32Array([value, value, value, value]).buffer);
    return this.simd(0x0c).raw(bits);
  }

  zeroV(): FunctionWriter {
    return this.constantV(0);
  }

  loadI(offset = 0): FunctionWriter {
    return this.memory(0x28, 2, offset);
  }

  storeI(offset = 0): FunctionWriter {
    return this.memory(0x36, 2, offset);
  }

  loadF(offset = 0): FunctionWriter {
    return this.memory(0x2a, 2, offset);
  }

  storeF(offset = 0): FunctionWriter {
    return this.memory(0x38, 2, offset);
  }

  loadD(offset = 0): FunctionWriter {
    return this.memory(0x2b, 3, offset);
  }

  storeD(offset = 0): FunctionWriter {
    return this.memory(0x39, 3, offset);
  }

  loadV(offset = 0): FunctionWriter {
    return this.simd(0x00).alignment(2, offset);
  }

  storeV(offset = 0): FunctionWriter {
    return this.simd(0x0b).alignment(2, offset);
  }

  /** One number from memory, four times. */
  loadSplat(offset = 0): FunctionWriter {
    return this.simd(0x09).alignment(2, offset);
  }

  /** One number from memory and three zeros. */
  loadLone(offset = 0): FunctionWriter {
    return this.simd(0x5c).alignment(2, offset);
  }

  /** Four bytes from anywhere in memory, and zeros. */
  loadBytes(offset = 0): FunctionWriter {
    return this.simd(0x5c).alignment(0, offset);
  }

  /** (address, vector) → the vector with one of its numbers from memory. */
  loadLane(lane: number, offset = 0): FunctionWriter {
    return this.simd(0x56).alignment(2, offset).raw([lane]);
  }

  /** One of four numbers to memory. */
  storeLane(lane: number, offset = 0): FunctionWriter {
    return this.simd(0x5a).alignment(2, offset).raw([lane]);
  }

  lane(index: number): FunctionWriter {
    return this.simd(0x1f).raw([index]);
  }

  /** Bytes of two vectors, by their numbers. */
  shuffle(bytes: readonly number[]): FunctionWriter {
    return this.simd(0x0d).raw(bytes);
  }

  shiftLeftIV(): FunctionWriter {
    return this.simd(0xab);
  }

  shiftRightIV(): FunctionWriter {
    return this.simd(0xac);
  }

  /** (a, b, c) → a·b + c. */
  multiplyAdd(): FunctionWriter {
    if (this.relaxed) return this.simd(relaxedMadd);
    this.addend ??= this.local(V128);
    return this.set(this.addend).mulV().get(this.addend).addV();
  }

  atomicLoad(offset = 0): FunctionWriter {
    return this.atomic(0x10, offset);
  }

  atomicStore(offset = 0): FunctionWriter {
    return this.atomic(0x17, offset);
  }

  /** Leaves what was there before. */
  atomicAdd(offset = 0): FunctionWriter {
    return this.atomic(0x1e, offset);
  }

  /** (address, count) → how many were woken. */
  atomicNotify(offset = 0): FunctionWriter {
    return this.atomic(0x00, offset);
  }

  /** Sleeps while the word at the address has the value: (address, value) → why it woke. At most `ns` nanoseconds. */
  atomicWait(ns: number): FunctionWriter {
    this.code.byte(0x42).signed(ns);
    return this.atomic(0x01, 0);
  }

  /** (address, value, bytes). */
  fillMemory(): FunctionWriter {
    return this.raw([0xfc, 0x0b, 0x00]);
  }

  /** (to, from, bytes). */
  copyMemory(): FunctionWriter {
    return this.raw([0xfc, 0x0a, 0x00, 0x00]);
  }

  call(index: number): FunctionWriter {
    return this.indexed(0x10, index);
  }

  /** Runs `body` a fixed number of times; without a loop where that is once. */
  times(count: number, body: () => void): FunctionWriter {
    if (count <= 0) return this;
    if (count === 1) {
      body();
      return this;
    }
    const left = this.local(I32);
    this.i32(count).set(left);
    this.loop(() => {
      body();
      this.get(left).i32(1).sub().tee(left).branchIf(0);
    });
    return this.release(I32, left);
  }

  /** Runs `body` for each value of `counter` from `from` up to, and without, `to`. */
  range(counter: Local, from: Local, to: Local, body: () => void): FunctionWriter {
    this.get(from).set(counter);
    return this.get(counter)
      .get(to)
      .less()
      .when(() => {
        this.loop(() => {
          body();
          this.advance(counter, 1).get(counter).get(to).less().branchIf(0);
        });
      });
  }

  loop(body: () => void): FunctionWriter {
    this.raw([0x03, 0x40]);
    body();
    return this.raw([0x0b]);
  }

  /** Takes a condition from the stack. */
  when(body: () => void, otherwise?: () => void): FunctionWriter {
    this.raw([0x04, 0x40]);
    body();
    if (otherwise) {
      this.raw([0x05]);
      otherwise();
    }
    return this.raw([0x0b]);
  }

  /** To the beginning of the loop that is `depth` blocks out, where the stack holds a condition that is not 0. */
  branchIf(depth: number): FunctionWriter {
    return this.indexed(0x0d, depth);
  }

  /** The function as it stands in a module: its size, its locals, its instructions. */
  encode(): Uint8Array {
    const runs: { count: number; readonly type: ValueType }[] = [];
    for (const type of this.locals) {
      const last = runs.at(-1);
      if (last?.type === type) last.count++;
      else runs.push({ count: 1, type });
    }
    const body = new Bytes().unsigned(runs.length);
    for (const { count, type } of runs) body.unsigned(count).byte(type);
    body.append(this.code.finish()).byte(0x0b);
    return new Bytes().unsigned(body.length).append(body.finish()).finish();
  }

  /** An instruction after the prefix of vectors. */
  simd(instruction: number): FunctionWriter {
    this.code.byte(0xfd).unsigned(instruction);
    return this;
  }

  raw(bytes: ArrayLike<number>): FunctionWriter {
    for (let i = 0; i < bytes.length; i++) this.code.byte(bytes[i] as number);
    return this;
  }

  private indexed(instruction: number, index: number): FunctionWriter {
    this.code.byte(instruction).unsigned(index);
    return this;
  }

  private memory(instruction: number, align: number, offset: number): FunctionWriter {
    this.code.byte(instruction);
    return this.alignment(align, offset);
  }

  private atomic(instruction: number, offset: number): FunctionWriter {
    this.code.byte(0xfe).byte(instruction);
    return this.alignment(2, offset);
  }

  private alignment(align: number, offset: number): FunctionWriter {
    if (offset < 0) throw new RangeError(`An offset of ${offset} bytes.`);
    this.code.byte(align).unsigned(offset);
    return this;
  }
}

for (const [name, instruction] of Object.entries(plain)) {
  Object.defineProperty(FunctionWriter.prototype, name, {
    value(this: FunctionWriter) {
      return this.raw([instruction]);
    },
  });
}
for (const [name, instruction] of Object.entries(vector)) {
  Object.defineProperty(FunctionWriter.prototype, name, {
    value(this: FunctionWriter) {
      return this.simd(instruction);
    },
  });
}
