import { type FunctionWriter, I32, type Local, V128 } from "../assembler/function-writer";
import type { ModuleWriter } from "../assembler/module-writer";
import { type Terms, writeTerms } from "./expression";

/** How an operand of a loop lies in memory. */
export interface FlatOperand {
  /** Numbers from one place of each axis to the next; 0 where the axis does not change it. */
  readonly strides: readonly number[];
  /** Whole numbers are turned into floats when read, and back when written. */
  readonly integer?: boolean;
}

/** What becomes of a term: written at each place, or put together over the innermost axis. */
export interface FlatResult {
  readonly term: number;
  readonly operand: number;
  readonly fold?: "sum" | "maximum";
}

/** Terms at every place of a box of numbers, whose axes are given from the outermost to the innermost. */
export interface FlatLoop {
  readonly axes: readonly number[];
  readonly operands: readonly FlatOperand[];
  readonly terms: Terms;
  readonly results: readonly FlatResult[];
}

/** Numbers of one item where a loop has one axis: a task's share is counted in these. */
export const grain = 1_024;

/** Items that threads can share: places of the outermost axis, or runs of numbers where there is no other. */
export const itemsOf = ({ axes }: FlatLoop): number =>
  axes.length === 1 ? Math.ceil((axes[0] as number) / grain) : (axes[0] as number);

/** Takes the operands' addresses, and the items from the one up to, and without, the other. */
export function flatLoopKernel(module: ModuleWriter, loop: FlatLoop): number {
  return module.once(`flat ${JSON.stringify(loop)}`, () => {
    const parameters = [...loop.operands.map(() => I32), I32, I32] as (typeof I32)[];
    return module.define(parameters, (f, given) => new FlatLoopWriter(f, loop).write(given));
  });
}

class FlatLoopWriter {
  private place: Local | undefined;

  constructor(
    private readonly f: FunctionWriter,
    private readonly loop: FlatLoop,
  ) {}

  write(given: readonly Local[]): void {
    const { f, loop } = this;
    const { axes, operands } = loop;
    const starts = given.slice(0, operands.length);
    const [from, to] = given.slice(operands.length) as [Local, Local];
    if (axes.length === 1) {
      this.writeRun(starts, from, to);
      return;
    }
    const item = f.local(I32);
    f.range(item, from, to, () => {
      const begin = operands.map(({ strides }, i) => {
        const pointer = f.local(I32);
        const stride = 4 * (strides[0] as number);
        f.get(starts[i] as Local);
        if (stride !== 0) f.get(item).i32(stride).mul().add();
        f.set(pointer);
        return pointer;
      });
      this.writeAxis(1, begin);
      f.release(I32, ...begin);
    });
  }

  /** The whole of one axis and those within it. */
  private writeAxis(axis: number, begin: readonly Local[]): void {
    const { f } = this;
    const { axes, operands } = this.loop;
    if (axis === axes.length - 1) {
      this.writeInnermost(begin, axes[axis] as number);
      return;
    }
    const pointers = begin.map((pointer) => {
      const own = f.local(I32);
      f.get(pointer).set(own);
      return own;
    });
    f.times(axes[axis] as number, () => {
      this.writeAxis(axis + 1, pointers);
      operands.forEach(
        ({ strides }, i) => void f.advance(pointers[i] as Local, 4 * (strides[axis] as number)),
      );
    });
    f.release(I32, ...pointers);
  }

  /** One axis alone: the items are runs of numbers, of which the last may be shorter. */
  private writeRun(starts: readonly Local[], from: Local, to: Local): void {
    const { f } = this;
    const { axes, operands } = this.loop;
    const [first, end, left] = f.manyLocals(I32, 3) as [Local, Local, Local];
    const size = axes[0] as number;
    f.get(from).i32(grain).mul().set(first);
    f.get(to).i32(grain).mul().set(end);
    f.get(end)
      .i32(size)
      .more()
      .when(() => f.i32(size).set(end));
    const pointers = operands.map(({ strides }, i) => {
      const pointer = f.local(I32);
      f.get(starts[i] as Local)
        .get(first)
        .i32(4 * (strides[0] as number))
        .mul()
        .add()
        .set(pointer);
      return pointer;
    });
    this.startPlace(() => f.get(first));
    const constant = this.hoisted(pointers);
    const folds = this.startFolds();
    f.get(end).get(first).sub().set(left);
    const many = () => f.get(left).i32(4).atLeast();
    many();
    f.when(() => {
      f.loop(() => {
        this.writePlaces(pointers, constant, folds, 4);
        f.get(left).i32(4).sub().set(left);
        many().branchIf(0);
      });
    });
    f.get(left);
    f.when(() => {
      f.loop(() => {
        this.writePlaces(pointers, constant, folds, 1);
        f.get(left).i32(1).sub().tee(left).branchIf(0);
      });
    });
    this.finishFolds(starts, folds);
  }

  private writeInnermost(begin: readonly Local[], count: number): void {
    const { f } = this;
    const pointers = begin.map((pointer) => {
      const own = f.local(I32);
      f.get(pointer).set(own);
      return own;
    });
    this.startPlace(() => f.i32(0));
    const constant = this.hoisted(pointers);
    const folds = this.startFolds();
    f.times(Math.floor(count / 4), () => this.writePlaces(pointers, constant, folds, 4));
    f.times(count % 4, () => this.writePlaces(pointers, constant, folds, 1));
    this.finishFolds(begin, folds);
    f.release(I32, ...pointers).release(V128, ...constant.values());
  }

  private startPlace(first: () => FunctionWriter): void {
    const { f, loop } = this;
    if (!loop.terms.some(({ kind }) => kind === "place")) return;
    this.place ??= f.local(V128);
    const lanes = [0, 1, 2, 3].map((lane) => lane);
    first().splatI().toFloatV();
    f.simd(0x0c)
      .raw(new Uint8Array(new Float32Array(lanes).buffer))
      .addV()
      .set(this.place);
  }

  /** Operands that do not change along the innermost axis are read once. */
  private hoisted(pointers: readonly Local[]): Map<number, Local> {
    const { f, loop } = this;
    const constant = new Map<number, Local>();
    const read = new Set(loop.terms.flatMap((term) => (term.kind === "operand" ? [term.operand] : [])));
    for (const i of read) {
      const { strides, integer } = loop.operands[i] as FlatOperand;
      if (strides.at(-1) !== 0) continue;
      const value = f.local(V128);
      f.get(pointers[i] as Local).loadSplat();
      if (integer) f.toFloatV();
      f.set(value);
      constant.set(i, value);
    }
    return constant;
  }

  /** Four places along the innermost axis, or a single one in the first lane. */
  private writePlaces(
    pointers: readonly Local[],
    constant: ReadonlyMap<number, Local>,
    folds: readonly (Fold | undefined)[],
    count: 1 | 4,
  ): void {
    const { f, loop } = this;
    const { operands, terms, results } = loop;
    const pointerOf = (i: number) => f.get(pointers[i] as Local);
    const values = writeTerms(f, terms, {
      operand: (i) => {
        const known = constant.get(i);
        if (known !== undefined) {
          f.get(known);
          return;
        }
        const { strides, integer } = operands[i] as FlatOperand;
        const step = 4 * (strides.at(-1) as number);
        if (count === 1) pointerOf(i).loadLone();
        else if (step === 4) pointerOf(i).loadV();
        else this.gather(pointers[i] as Local, step);
        if (integer) f.toFloatV();
      },
      place: () => void f.get(this.place as Local),
    });
    results.forEach(({ term, operand }, r) => {
      const value = values[term] as Local;
      const fold = folds[r];
      if (fold) {
        this.writeFold(fold, value, count);
        return;
      }
      const { strides, integer } = operands[operand] as FlatOperand;
      const step = 4 * (strides.at(-1) as number);
      const put = () => {
        f.get(value);
        return integer ? f.toIntV() : f;
      };
      pointerOf(operand);
      if (count === 1) put().storeLane(0);
      else if (step === 4) put().storeV();
      else {
        put().storeLane(0);
        for (let lane = 1; lane < 4; lane++) {
          pointerOf(operand);
          put().storeLane(lane, lane * step);
        }
      }
    });
    f.release(V128, ...values);
    operands.forEach(({ strides }, i) => {
      const isFolded = results.some(({ operand, fold }) => fold && operand === i);
      if (!isFolded) f.advance(pointers[i] as Local, 4 * count * (strides.at(-1) as number));
    });
    if (this.place !== undefined) f.get(this.place).constantV(count).addV().set(this.place);
  }

  private gather(pointer: Local, step: number): void {
    const { f } = this;
    const vector = f.local(V128);
    f.get(pointer).loadLone().set(vector);
    for (let lane = 1; lane < 4; lane++)
      f.get(pointer)
        .get(vector)
        .loadLane(lane, lane * step)
        .set(vector);
    f.get(vector).release(V128, vector);
  }

  private startFolds(): (Fold | undefined)[] {
    const { f } = this;
    return this.loop.results.map(({ fold }) => {
      if (!fold) return undefined;
      const [vector, lone] = f.manyLocals(V128, 2) as [Local, Local];
      const start = fold === "sum" ? 0 : Number.NEGATIVE_INFINITY;
      f.constantV(start).tee(vector).set(lone);
      return { kind: fold, vector, lone };
    });
  }

  private writeFold({ kind, vector, lone }: Fold, value: Local, count: 1 | 4): void {
    const { f } = this;
    const into = count === 4 ? vector : lone;
    f.get(into).get(value);
    (kind === "sum" ? f.addV() : f.maxV()).set(into);
  }

  /** Lanes in their order, then what was left over. */
  private finishFolds(begin: readonly Local[], folds: readonly (Fold | undefined)[]): void {
    const { f, loop } = this;
    loop.results.forEach(({ operand }, r) => {
      const fold = folds[r];
      if (!fold) return;
      const join = () => (fold.kind === "sum" ? f.addV() : f.maxV());
      const lane = (i: number) => f.get(fold.vector).get(fold.vector).shuffle(bytesOfLane(i));
      f.get(begin[operand] as Local);
      lane(0);
      for (let i = 1; i < 4; i++) {
        lane(i);
        join();
      }
      f.get(fold.lone);
      join().storeLane(0);
      f.release(V128, fold.vector, fold.lone);
    });
  }
}

interface Fold {
  readonly kind: "sum" | "maximum";
  readonly vector: Local;
  readonly lone: Local;
}

const bytesOfLane = (lane: number): number[] => Array.from({ length: 16 }, (_, i) => 4 * lane + (i % 4));

/**
 * The same loop with as few axes as possible: axes of one place are left out, neighbours along which every operand goes on
 * evenly become one. The outermost axis stays by itself where threads share its places.
 */
export function collapsed(loop: FlatLoop, keepsOutermost: boolean): FlatLoop {
  const usesPlace = loop.terms.some(({ kind }) => kind === "place") || loop.results.some(({ fold }) => fold);
  const last = loop.axes.length - 1;
  const kept: { size: number; strides: number[] }[] = [];
  loop.axes.forEach((size, axis) => {
    const strides = loop.operands.map((operand) => operand.strides[axis] as number);
    const isFixed = (keepsOutermost && axis === 0) || (usesPlace && axis === last);
    if (size === 1 && !isFixed) return;
    const before = kept.at(-1);
    const follows = before?.strides.every((stride, i) => stride === (strides[i] as number) * size);
    if (before && follows && !isFixed && !(keepsOutermost && kept.length === 1)) {
      before.size *= size;
      before.strides = strides;
    } else kept.push({ size, strides });
  });
  if (kept.length === 0) kept.push({ size: 1, strides: loop.operands.map(() => 0) });
  if (kept.length === 1 && keepsOutermost) kept.push({ size: 1, strides: loop.operands.map(() => 0) });
  if (kept.length === 1 && usesPlace) kept.unshift({ size: 1, strides: loop.operands.map(() => 0) });
  return {
    ...loop,
    axes: kept.map(({ size }) => size),
    operands: loop.operands.map((operand, i) => ({
      ...operand,
      strides: kept.map(({ strides }) => strides[i] as number),
    })),
  };
}
