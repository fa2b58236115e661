import type { Bound, Command, Recording, Resident } from "../recording";
import { bindingsOf, type DeclaredBinding } from "./program-for-runs";

/** Why recordings are not the same step of several runs. */
export interface Unlike {
  readonly unlike: string;
}

/** Where the runs find what a binding or a copy refers to. Offsets are in bytes, from the start of the thing. */
export type Place =
  /** The same for all runs, which only read it: a tensor, or uniforms. */
  | { readonly of: "all"; readonly buffer: GPUBuffer; readonly offset: number; readonly tensor?: object }
  /** Made and used up within a step; named by its buffer in the first recording. */
  | { readonly of: "step"; readonly buffer: GPUBuffer; readonly offset: number }
  /** Constants of the steps, by run. */
  | { readonly of: "constants"; readonly buffers: readonly GPUBuffer[]; readonly offset: number }
  /** Tensors that outlive the steps, by run. */
  | { readonly of: "tensors"; readonly tensors: readonly object[]; readonly offset: number };

export type AlikeCommand =
  | {
      readonly kind: "dispatch";
      readonly pipeline: GPUComputePipeline;
      readonly text: string;
      readonly workgroups: readonly [number, number, number];
      readonly bound: readonly (DeclaredBinding & { readonly place: Place; readonly size: number })[];
    }
  | { readonly kind: "copy"; readonly source: Place; readonly target: Place; readonly size: number };

/** What the comparison has to know of the device. */
export interface Known {
  /** What a pipeline was compiled from. */
  readonly textOf: (pipeline: GPUComputePipeline) => string | undefined;
  /** Whether a buffer holds what steps make and use up. */
  readonly isTransient: (buffer: GPUBuffer) => boolean;
}

class Difference extends Error {}

/** The bytes of a buffer that a command of one run refers to. */
type Used = Pick<Bound, "buffer" | "offset" | "size">;

/**
 * Whether recordings are the same step of several runs: the same programs in the same order, which hand on what they make in
 * the same way. Returns the commands with what each of them refers to in every run.
 */
export function compareRecordings(
  recordings: readonly Recording[],
  known: Known,
): readonly AlikeCommand[] | Unlike {
  try {
    return new Comparison(recordings, known).commands();
  } catch (error) {
    if (error instanceof Difference) return { unlike: error.message };
    throw error;
  }
}

class Comparison {
  /** By run: which command wrote a transient buffer last. */
  private readonly writers: readonly Map<GPUBuffer, number>[];
  private readonly constants: readonly ReadonlySet<GPUBuffer>[];
  /** Which tensors of the runs belong together, by that of each run. */
  private readonly partners = new Map<object, readonly object[]>();

  constructor(
    private readonly recordings: readonly Recording[],
    private readonly known: Known,
  ) {
    this.writers = recordings.map(() => new Map());
    this.constants = recordings.map(({ constants }) => new Set(constants));
  }

  commands(): readonly AlikeCommand[] {
    const lists = this.recordings.map(({ commands }) => commands);
    const [first = []] = lists;
    if (lists.some(({ length }) => length !== first.length)) throw new Difference("Their lengths differ.");
    return first.map((_, at) =>
      this.command(
        lists.map((list) => list[at] as Command),
        at,
      ),
    );
  }

  private command(ofRuns: readonly Command[], at: number): AlikeCommand {
    const [first] = ofRuns;
    if (first?.kind === "copy") {
      const copies = ofRuns.map((one) => {
        if (one.kind !== "copy" || one.size !== first.size) throw new Difference(`Command ${at} differs.`);
        return one;
      });
      const size = first.size;
      const from = copies.map(({ source, sourceOffset }) => ({ buffer: source, offset: sourceOffset, size }));
      const to = copies.map(({ target, targetOffset }) => ({ buffer: target, offset: targetOffset, size }));
      return {
        kind: "copy",
        source: this.place(from, "read", at),
        target: this.place(to, "write", at),
        size,
      };
    }
    const dispatches = ofRuns.map((one) => {
      if (one.kind !== "dispatch") throw new Difference(`Command ${at} differs.`);
      return one;
    });
    const [{ pipeline, workgroups, bound }] = dispatches as [(typeof dispatches)[0]];
    const text = this.known.textOf(pipeline);
    if (text === undefined) throw new Difference(`The program of command ${at} is not known.`);
    for (const other of dispatches) {
      if (other.pipeline !== pipeline || other.workgroups.join() !== workgroups.join())
        throw new Difference(`Command ${at} runs another program.`);
    }
    const declared = new Map(bindingsOf(text).map((one) => [one.binding, one]));
    // All reads come before all writes.
    const order = [...bound.keys()].sort((a, b) => Number(isWritten(a)) - Number(isWritten(b)));
    function isWritten(i: number): boolean {
      return declared.get((bound[i] as Bound).binding)?.kind === "write";
    }
    const places = new Map<number, AlikeBinding>();
    for (const i of order) {
      const { binding, size } = bound[i] as Bound;
      const declaration = declared.get(binding);
      if (!declaration) throw new Difference(`Binding ${binding} of command ${at} is not declared.`);
      const used = dispatches.map((one) => one.bound[i] as Bound);
      places.set(i, { ...declaration, size, place: this.place(used, declaration.kind, at) });
    }
    return {
      kind: "dispatch",
      pipeline,
      text,
      workgroups,
      bound: bound.map((_, i) => places.get(i) as AlikeBinding),
    };
  }

  private place(used: readonly Used[], access: DeclaredBinding["kind"], at: number): Place {
    const [first] = used as [Used];
    if (used.some(({ size }) => size !== first.size)) throw new Difference(`Sizes in command ${at} differ.`);
    if (access === "uniform") return this.uniform(used, at);
    const { isTransient } = this.known;
    const transient = used.filter(({ buffer }) => isTransient(buffer)).length;
    if (transient === used.length) return this.transient(used, access, at);
    if (transient > 0) throw new Difference(`Only some of the runs keep what command ${at} uses.`);
    if (used.every(({ buffer }, run) => this.constants[run]?.has(buffer))) {
      this.sameOffsets(used, at);
      return { of: "constants", buffers: used.map(({ buffer }) => buffer), offset: first.offset };
    }
    return this.resident(used, access, at);
  }

  private uniform(used: readonly Used[], at: number): Place {
    const held = used.map(({ buffer }, run) => this.recordings[run]?.uniforms.get(buffer));
    if (held.some((text) => text === undefined || text !== held[0]))
      throw new Difference(`The constants of command ${at} differ.`);
    return { of: "all", ...(used[0] as Used) };
  }

  /** What one run reads has to be what the same command wrote in the others. */
  private transient(used: readonly Used[], access: DeclaredBinding["kind"], at: number): Place {
    this.sameOffsets(used, at);
    const writers = used.map(({ buffer }, run) => this.writers[run]?.get(buffer));
    if (access === "read" && writers.some((writer) => writer !== writers[0]))
      throw new Difference(`Command ${at} reads something else.`);
    if (access === "write")
      for (const [run, { buffer }] of used.entries()) this.writers[run]?.set(buffer, at);
    const { buffer, offset } = used[0] as Used;
    return { of: "step", buffer, offset };
  }

  private resident(used: readonly Used[], access: DeclaredBinding["kind"], at: number): Place {
    const found = used.map(({ buffer, offset }, run) => {
      const resident = this.recordings[run]?.residentAt(buffer, offset);
      if (!resident) throw new Difference(`Nobody knows what command ${at} uses.`);
      return { dataId: resident.dataId, offset: offset - resident.offset };
    });
    this.sameOffsets(found, at);
    const [{ offset }] = found as [Resident];
    const tensors = found.map(({ dataId }) => dataId);
    for (const tensor of tensors) {
      const partners = this.partners.get(tensor) ?? tensors;
      if (partners.some((partner, run) => partner !== tensors[run]))
        throw new Difference(`Tensors of command ${at} belong to others.`);
      this.partners.set(tensor, tensors);
    }
    const distinct = new Set(tensors).size;
    if (distinct > 1 && distinct < tensors.length)
      throw new Difference(`Some runs share a tensor of command ${at}.`);
    if (distinct > 1) return { of: "tensors", tensors, offset };
    if (access === "write") throw new Difference(`In command ${at} all runs write the same tensor.`);
    return { of: "all", ...(used[0] as Used), tensor: tensors[0] as object };
  }

  private sameOffsets(used: readonly { readonly offset: number }[], at: number): void {
    if (used.some(({ offset }) => offset !== used[0]?.offset))
      throw new Difference(`Places in command ${at} differ.`);
  }
}

type AlikeBinding = Extract<AlikeCommand, { kind: "dispatch" }>["bound"][number];
