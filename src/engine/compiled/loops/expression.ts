import { type FunctionWriter, type Local, V128 } from "../assembler/function-writer";
import { writeExp, writeLog } from "./vector-math";

/** Functions of one number. */
export const unary = [
  "copy",
  "negative",
  "absolute",
  "square",
  "root",
  "inverseRoot",
  "exponential",
  "logarithm",
  "relu",
  "positive",
  "floor",
  "sigmoid",
  "softplus",
] as const;
/** Functions of two. Comparisons give 1 or 0. */
export const binary = [
  "add",
  "subtract",
  "multiply",
  "divide",
  "minimum",
  "maximum",
  "less",
  "greater",
  "equal",
  "gate",
  "modulo",
] as const;
export type Unary = (typeof unary)[number];
export type Binary = (typeof binary)[number];

/** One step of a computation on numbers; others are named by their places in the list. */
export type Term =
  | { readonly kind: "operand"; readonly operand: number }
  | { readonly kind: "constant"; readonly value: number }
  /** The place within the innermost axis. */
  | { readonly kind: "place" }
  | { readonly kind: "unary"; readonly function: Unary; readonly of: number }
  | { readonly kind: "binary"; readonly function: Binary; readonly left: number; readonly right: number }
  /** Where the condition is not 0, the one, else the other. */
  | { readonly kind: "choice"; readonly condition: number; readonly yes: number; readonly no: number };

/** Each term reads only earlier ones. */
export type Terms = readonly Term[];

/** What terms read that is not computed by them: each puts a vector on the stack. */
export interface TermSources {
  operand(index: number): void;
  place(): void;
}

/** The terms that a term reads. */
export function readBy(term: Term): readonly number[] {
  switch (term.kind) {
    case "unary":
      return [term.of];
    case "binary":
      return [term.left, term.right];
    case "choice":
      return [term.condition, term.yes, term.no];
    default:
      return [];
  }
}

/** Whether a term is computed from others that all leave 0 as it is: then padding of zeros stays zero. */
export function keepsZero(terms: Terms, term: number, isZero: (operand: number) => boolean): boolean {
  const one = terms[term];
  if (!one) return false;
  const ofAll = () => readBy(one).every((read) => keepsZero(terms, read, isZero));
  const ofSome = () => readBy(one).some((read) => keepsZero(terms, read, isZero));
  switch (one.kind) {
    case "operand":
      return isZero(one.operand);
    case "constant":
      return one.value === 0;
    case "unary":
      return ["copy", "negative", "absolute", "square", "root", "relu", "positive", "floor"].includes(
        one.function,
      )
        ? ofAll()
        : false;
    case "binary":
      if (one.function === "multiply") return ofSome();
      return ["add", "subtract", "minimum", "maximum", "gate"].includes(one.function) ? ofAll() : false;
    case "choice":
      return keepsZero(terms, one.yes, isZero) && keepsZero(terms, one.no, isZero);
    default:
      return false;
  }
}

/** Writes all terms for four numbers at once; their values are in the locals that it returns. */
export function writeTerms(f: FunctionWriter, terms: Terms, sources: TermSources): Local[] {
  const uses = terms.map(() => 0);
  for (const term of terms) for (const read of readBy(term)) uses[read] = (uses[read] ?? 0) + 1;
  const values: Local[] = [];
  const value = (term: number): FunctionWriter => f.get(values[term] as Local);
  for (const term of terms) {
    const result = f.local(V128);
    switch (term.kind) {
      case "operand":
        sources.operand(term.operand);
        break;
      case "constant":
        f.constantV(term.value);
        break;
      case "place":
        sources.place();
        break;
      case "unary":
        writeUnary(f, term.function, () => value(term.of));
        break;
      case "binary":
        writeBinary(f, terms, term, value);
        break;
      case "choice":
        value(term.yes);
        value(term.no);
        value(term.condition).zeroV().differV().selectV();
        break;
      default:
        term satisfies never;
    }
    f.set(result);
    values.push(result);
  }
  return values;
}

/** 1 where a mask is set, else 0. */
const oneWhere = (f: FunctionWriter): FunctionWriter => f.constantV(1).andV();

function writeUnary(f: FunctionWriter, name: Unary, x: () => FunctionWriter): void {
  switch (name) {
    case "copy":
      x();
      break;
    case "negative":
      x().negV();
      break;
    case "absolute":
      x().absV();
      break;
    case "square":
      x();
      x().mulV();
      break;
    case "root":
      x().sqrtV();
      break;
    case "inverseRoot":
      f.constantV(1);
      x().sqrtV().divV();
      break;
    case "exponential":
      writeExp(f, x);
      break;
    case "logarithm":
      writeLog(f, x);
      break;
    case "relu":
      // What is not a number stays none: as the maximum of it and 0 a network that diverges would go unnoticed.
      x();
      x().zeroV().lessV().andNotV();
      break;
    case "positive":
      x().zeroV().moreV();
      oneWhere(f);
      break;
    case "floor":
      x().floorV();
      break;
    case "sigmoid":
      f.constantV(1).constantV(1);
      writeExp(f, () => x().negV());
      f.addV().divV();
      break;
    case "softplus":
      // max(x, 0) + log(1 + exp(−|x|)), which neither overflows nor loses small numbers.
      x().zeroV().maxV();
      writeLog(f, () => {
        writeExp(f, () => x().absV().negV());
        return f.constantV(1).addV();
      });
      f.addV();
      break;
    default:
      name satisfies never;
  }
}

function writeBinary(
  f: FunctionWriter,
  terms: Terms,
  { function: name, left, right }: Extract<Term, { kind: "binary" }>,
  value: (term: number) => FunctionWriter,
): void {
  switch (name) {
    case "add": {
      // A product that is added is one instruction where the machine has it.
      const swapped = terms[left]?.kind === "binary";
      const [product, other] = swapped ? [left, right] : [right, left];
      const factors = terms[product];
      if (factors?.kind === "binary" && factors.function === "multiply") {
        value(factors.left);
        value(factors.right);
        value(other).multiplyAdd();
        return;
      }
      value(left);
      value(right).addV();
      return;
    }
    case "subtract":
      value(left);
      value(right).subV();
      return;
    case "multiply":
      value(left);
      value(right).mulV();
      return;
    case "divide":
      value(left);
      value(right).divV();
      return;
    case "minimum":
      value(left);
      value(right).minV();
      return;
    case "maximum":
      value(left);
      value(right).maxV();
      return;
    case "less":
      value(left);
      value(right).lessV();
      oneWhere(f);
      return;
    case "greater":
      value(left);
      value(right).moreV();
      oneWhere(f);
      return;
    case "equal":
      value(left);
      value(right).equalV();
      oneWhere(f);
      return;
    case "gate":
      // The left one where the right one is above 0, else 0.
      value(left);
      value(right).zeroV().moreV().andV();
      return;
    case "modulo":
      // a − b ⌊a / b⌋, as tfjs: of b's sign.
      value(left);
      value(right);
      value(left);
      value(right).divV().floorV().mulV().subV();
      return;
    default:
      name satisfies never;
  }
}
