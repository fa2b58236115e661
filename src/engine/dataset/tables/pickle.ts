/**
 * Reads the subset of Python's pickles (protocols 2 to 5) that data needs: containers, texts, bytes, numbers and NumPy
 * arrays. A pickle is a program: any other call is refused, and nothing is ever run.
 */
import { Rejection } from "../rejection";
import { type NumberArray, type NumberKind, numberReaders, readNumbers } from "./number-array";

export type Pickled =
  | null
  | boolean
  | number
  | string
  | Uint8Array
  | Pickled[]
  | Map<Pickled, Pickled>
  | PickledArray
  | Callable
  | Mark;

/** A NumPy array or type under construction: created empty, then filled by its state. */
class PickledArray {
  readonly values: NumberArray | undefined;
  constructor(
    readonly type: string,
    values?: NumberArray,
  ) {
    this.values = values;
  }
}

class Callable {
  constructor(readonly name: string) {}
}
class Mark {}

export { PickledArray };

const callables: ReadonlySet<string> = new Set([
  "numpy.core.multiarray _reconstruct",
  "numpy._core.multiarray _reconstruct",
  "numpy ndarray",
  "numpy dtype",
  "_codecs encode",
  "numpy.core.numeric _frombuffer",
  "numpy._core.numeric _frombuffer",
]);

const refused = (what: string) => new Rejection("unsupported-table", `The Python pickle ${what}.`);
const damaged = () => new Rejection("damaged", "The Python pickle is damaged or cut off.");

export function isPickle(head: Uint8Array): boolean {
  const [first, protocol = 0] = head;
  return first === 0x80 && protocol >= 2 && protocol <= 5;
}

/** Throws a `Rejection`. */
export function readPickle(bytes: Uint8Array): Pickled {
  try {
    return new Unpickler(bytes).run();
  } catch (error) {
    if (error instanceof RangeError) throw damaged();
    throw error;
  }
}

const latin = (bytes: Uint8Array) => new TextDecoder("latin1").decode(bytes);

class Unpickler {
  private at = 0;
  private stack: Pickled[] = [];
  private readonly memo = new Map<number, Pickled>();
  private readonly view: DataView;

  constructor(private readonly bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  run(): Pickled {
    for (;;) {
      const code = this.take(1)[0] as number;
      if (code === 0x2e) return this.pop();
      const act = operations[code];
      if (!act) throw refused(`uses an operation (${code}) that data does not need`);
      act(this);
    }
  }

  take(length: number): Uint8Array {
    if (this.at + length > this.bytes.length) throw damaged();
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  uint8 = () => this.take(1)[0] as number;
  uint16 = () => this.number(2, (at) => this.view.getUint16(at, true));
  uint32 = () => this.number(4, (at) => this.view.getUint32(at, true));
  int32 = () => this.number(4, (at) => this.view.getInt32(at, true));
  float64 = () => this.number(8, (at) => this.view.getFloat64(at));
  uint64 = () => this.number(8, (at) => Number(this.view.getBigUint64(at, true)));

  private number(length: number, read: (at: number) => number): number {
    this.take(length);
    return read(this.at - length);
  }

  line(): string {
    const end = this.bytes.indexOf(0x0a, this.at);
    if (end < 0) throw damaged();
    const text = latin(this.bytes.subarray(this.at, end));
    this.at = end + 1;
    return text;
  }

  push = (value: Pickled) => void this.stack.push(value);

  pop(): Pickled {
    const value = this.stack.pop();
    if (value === undefined || value instanceof Mark) throw damaged();
    return value;
  }

  top(): Pickled {
    const value = this.stack.at(-1);
    if (value === undefined) throw damaged();
    return value;
  }

  popToMark(): Pickled[] {
    const mark = this.stack.findLastIndex((value) => value instanceof Mark);
    if (mark < 0) throw damaged();
    const values = this.stack.slice(mark + 1);
    this.stack.length = mark;
    return values;
  }

  popTuple(length: number): void {
    const values = Array.from({ length }, () => this.pop()).reverse();
    this.push(values);
  }

  remember = (key: number) => void this.memo.set(key, this.top());
  memoize = () => this.remember(this.memo.size);

  recall(key: number): void {
    const value = this.memo.get(key);
    if (value === undefined) throw damaged();
    this.push(value);
  }

  append(values: readonly Pickled[]): void {
    const list = this.top();
    if (!Array.isArray(list)) throw damaged();
    for (const value of values) list.push(value);
  }

  setItems(values: readonly Pickled[]): void {
    const map = this.top();
    if (!(map instanceof Map) || values.length % 2 !== 0) throw damaged();
    for (let i = 0; i < values.length; i += 2) map.set(textual(values[i]), values[i + 1] as Pickled);
  }

  callable(name: string): void {
    if (!callables.has(name)) throw refused(`would call «${name.slice(0, 60)}»; only plain data is read`);
    this.push(new Callable(name));
  }

  reduce(): void {
    const given = this.pop();
    const called = this.pop();
    if (!(called instanceof Callable) || !Array.isArray(given)) throw damaged();
    this.push(call(called.name, given));
  }

  build(): void {
    const state = this.pop();
    const target = this.pop();
    if (!(target instanceof PickledArray) || !Array.isArray(state)) throw damaged();
    const filled = target.type === "" ? fill(state) : withOrder(target, state);
    // The memo may name the empty one.
    for (const [key, value] of this.memo) if (value === target) this.memo.set(key, filled);
    this.push(filled);
  }
}

/** Looks up a key, which is bytes in Python 2 and text in Python 3. */
const textual = (key: Pickled | undefined): Pickled =>
  key instanceof Uint8Array ? latin(key) : (key ?? null);

function call(name: string, given: readonly Pickled[]): Pickled {
  const [first, second, third] = given;
  if (name === "numpy dtype" && first !== undefined) return new PickledArray(`${textual(first)}`);
  if (name.endsWith("_reconstruct")) return new PickledArray("");
  if (name === "_codecs encode" && typeof first === "string" && second === "latin1") {
    return Uint8Array.from(first, (character) => character.charCodeAt(0));
  }
  if (name.endsWith("_frombuffer") && second instanceof PickledArray) {
    return new PickledArray("", numbers(first, second, third));
  }
  throw refused(`calls «${name}» in a way that is not known`);
}

/** The state of a type begins with a version and its byte order. */
function withOrder(type: PickledArray, state: readonly Pickled[]): PickledArray {
  const order = textual(state[1]);
  return new PickledArray(`${order === ">" ? ">" : "<"}${type.type.replace(/^[<>|=]/, "")}`);
}

/** The state of an array: version, shape, type, column-major flag, bytes. */
function fill(state: readonly Pickled[]): PickledArray {
  const [, shape, type, columnMajor, content] = state;
  if (!(type instanceof PickledArray)) throw damaged();
  if (columnMajor !== false && columnMajor !== 0) throw refused("holds an array stored column by column");
  return new PickledArray("", numbers(content, type, shape));
}

function numbers(
  content: Pickled | undefined,
  { type }: PickledArray,
  shape: Pickled | undefined,
): NumberArray {
  const kind = type.replace(/^[<>|=]/, "");
  const bytes = typeof content === "string" ? undefined : content;
  const sides = Array.isArray(shape) ? shape.filter((side) => typeof side === "number") : undefined;
  if (!(bytes instanceof Uint8Array) || !Array.isArray(shape) || sides?.length !== shape.length)
    throw damaged();
  if (!Object.hasOwn(numberReaders, kind)) throw refused(`holds an array of the type «${type.slice(0, 20)}»`);
  return readNumbers(bytes, 0, sides, kind as NumberKind, !type.startsWith(">"));
}

type Operation = (machine: Unpickler) => void;

/** Reads little-endian two's complement of any length, up to safe integers. */
function longOf(bytes: Uint8Array): number {
  const value = bytes.reduceRight((sum, byte) => sum * 256 + byte, 0);
  const negative = ((bytes.at(-1) ?? 0) & 0x80) !== 0;
  const signed = negative ? value - 256 ** bytes.length : value;
  if (!Number.isSafeInteger(signed)) throw refused("holds a number that is too large");
  return signed;
}

const utf8 = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

/** Operations by code, with the names of Python's pickletools. */
const operations: Readonly<Record<number, Operation>> = {
  /* PROTO */ 128: (m) => m.take(1),
  /* FRAME */ 149: (m) => m.take(8),
  /* NONE */ 78: (m) => m.push(null),
  /* NEWTRUE */ 136: (m) => m.push(true),
  /* NEWFALSE */ 137: (m) => m.push(false),
  /* BININT */ 74: (m) => m.push(m.int32()),
  /* BININT1 */ 75: (m) => m.push(m.uint8()),
  /* BININT2 */ 77: (m) => m.push(m.uint16()),
  /* LONG1 */ 138: (m) => m.push(longOf(m.take(m.uint8()))),
  /* BINFLOAT */ 71: (m) => m.push(m.float64()),
  // Strings of Python 2 have no known encoding, so they stay bytes.
  /* SHORT_BINSTRING */ 85: (m) => m.push(m.take(m.uint8())),
  /* BINSTRING */ 84: (m) => m.push(m.take(m.uint32())),
  /* SHORT_BINBYTES */ 67: (m) => m.push(m.take(m.uint8())),
  /* BINBYTES */ 66: (m) => m.push(m.take(m.uint32())),
  /* BINBYTES8 */ 142: (m) => m.push(m.take(m.uint64())),
  /* BYTEARRAY8 */ 150: (m) => m.push(m.take(m.uint64())),
  /* SHORT_BINUNICODE */ 140: (m) => m.push(utf8(m.take(m.uint8()))),
  /* BINUNICODE */ 88: (m) => m.push(utf8(m.take(m.uint32()))),
  /* BINUNICODE8 */ 141: (m) => m.push(utf8(m.take(m.uint64()))),
  /* EMPTY_DICT */ 125: (m) => m.push(new Map()),
  /* EMPTY_LIST */ 93: (m) => m.push([]),
  /* EMPTY_TUPLE */ 41: (m) => m.push([]),
  /* MARK */ 40: (m) => m.push(new Mark()),
  /* TUPLE */ 116: (m) => m.push(m.popToMark()),
  /* TUPLE1 */ 133: (m) => m.popTuple(1),
  /* TUPLE2 */ 134: (m) => m.popTuple(2),
  /* TUPLE3 */ 135: (m) => m.popTuple(3),
  /* APPEND */ 97: (m) => {
    const value = m.pop();
    m.append([value]);
  },
  /* APPENDS */ 101: (m) => m.append(m.popToMark()),
  /* SETITEM */ 115: (m) => {
    const value = m.pop();
    const key = m.pop();
    m.setItems([key, value]);
  },
  /* SETITEMS */ 117: (m) => m.setItems(m.popToMark()),
  /* BINPUT */ 113: (m) => m.remember(m.uint8()),
  /* LONG_BINPUT */ 114: (m) => m.remember(m.uint32()),
  /* MEMOIZE */ 148: (m) => m.memoize(),
  /* BINGET */ 104: (m) => m.recall(m.uint8()),
  /* LONG_BINGET */ 106: (m) => m.recall(m.uint32()),
  /* GLOBAL */ 99: (m) => {
    const module = m.line();
    m.callable(`${module} ${m.line()}`);
  },
  /* STACK_GLOBAL */ 147: (m) => {
    const name = m.pop();
    m.callable(`${m.pop()} ${name}`);
  },
  /* REDUCE */ 82: (m) => m.reduce(),
  /* BUILD */ 98: (m) => m.build(),
};
