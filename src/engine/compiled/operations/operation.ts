import type { GraphBuilder } from "../graph/builder";
import { accessOf, isPlain, type Quantity } from "../graph/quantity";

/** A step that cannot be compiled; why. Today's path takes it whole. */
export class Uncompilable extends Error {}

export type Inputs = Readonly<Record<string, Quantity | readonly Quantity[]>>;
export type Attributes = Readonly<Record<string, unknown>>;

/** What an operation, one of ours or of tfjs, becomes in the graph: its outputs. @throws Uncompilable */
export type Build = (builder: GraphBuilder, inputs: Inputs, attributes: Attributes) => readonly Quantity[];

export type Operations = Readonly<Record<string, Build>>;

/** @throws Uncompilable when there is no such input, or it is a list */
export function input(inputs: Inputs, name: string): Quantity {
  const given = inputs[name];
  if (!given || !("source" in given)) throw new Uncompilable(`No input is called ${name}.`);
  return given;
}

/** A list of inputs, which tfjs names by their places. */
export function inputList(inputs: Inputs): readonly Quantity[] {
  return Object.keys(inputs)
    .sort((a, b) => Number(a) - Number(b))
    .map((name) => input(inputs, name));
}

/** The same quantity with its numbers one after the other. */
export const plain = (builder: GraphBuilder, x: Quantity): Quantity =>
  x.source.kind === "constant" || !isPlain(x.shape, accessOf(x)) ? builder.unary("copy", x, x.integer) : x;
