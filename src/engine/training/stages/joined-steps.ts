import { type TrainingBackend, trainingBackend } from "../../backend/backend";
import type { Recording } from "../../backend/recording";
import type { Unlike } from "../../backend/side-by-side/compare";
import type { Apart, Stage } from "./stage";

interface Known {
  /** The recordings that were joined, in the order of the stages. */
  readonly members: readonly Recording[];
  readonly joined: Recording | Unlike;
}

/** What takes steps alone, or with others. */
export type Joinable = Pick<Stage, "advance" | "apart">;

/** Steps of several stages that are taken as one on WebGPU: a dispatch does the work of all. No number depends on it. */
export class JoinedSteps {
  private known: readonly Known[] = [];

  /**
   * Takes steps of stages of the same kind. Where they cannot be joined, one stage after another takes each step. Waits only
   * for programs to be compiled.
   */
  async take(stages: readonly Joinable[], steps: number): Promise<void> {
    const backend = trainingBackend();
    for (let step = 0; step < steps; step++) {
      const apart = stages.map((stage) => stage.apart);
      const members = backend && membersOf(apart);
      let joined = members && this.joinedOf(members);
      if (members && !joined && members.every((member) => backend.together.isCurrent(member)))
        joined = await this.join(members, backend);
      if (!joined || "unlike" in joined || !backend?.together.isCurrent(joined)) {
        for (const stage of stages) stage.advance();
        continue;
      }
      for (const one of apart) one?.provide();
      backend.replay(joined);
      for (const one of apart) one?.taken();
    }
  }

  dispose(): void {
    for (const { joined } of this.known) if (!("unlike" in joined)) joined.dispose();
    this.known = [];
  }

  private joinedOf(members: readonly Recording[]): Recording | Unlike | undefined {
    return this.known.find((known) => isSame(known.members, members))?.joined;
  }

  private async join(
    members: readonly Recording[],
    { together }: TrainingBackend,
  ): Promise<Recording | Unlike> {
    const joined = await together.join(members);
    this.add({ members, joined }, together);
    return joined;
  }

  /** Forgets what can no longer be used, or was made of the same. */
  private add(added: Known, together: TrainingBackend["together"]): void {
    const isUseful = ({ members, joined }: Known) =>
      !members.some((member) => added.members.includes(member)) &&
      ("unlike" in joined ? members : [joined]).every((one) => together.isCurrent(one));
    const useful = this.known.filter(isUseful);
    for (const known of this.known) {
      if (!useful.includes(known) && !("unlike" in known.joined)) known.joined.dispose();
    }
    this.known = [...useful, added];
  }
}

/** The recordings of the next step of each stage; undefined unless all have been recorded. */
function membersOf(apart: readonly (Apart | undefined)[]): readonly Recording[] | undefined {
  const members: Recording[] = [];
  for (const one of apart) {
    if (!one?.recording) return undefined;
    members.push(one.recording);
  }
  return members;
}

const isSame = (a: readonly Recording[], b: readonly Recording[]): boolean =>
  a.length === b.length && a.every((one, at) => one === b[at]);
