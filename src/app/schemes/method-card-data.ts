import type { Scheme, SchemeMethod, TargetViewNumber } from "../../protocol/experiment";
import type { SchemeOf } from "../../protocol/schemes";
import type { Lane } from "./lanes";
import type { NetworkRole } from "./target-views";

/** What a method's card draws and states beside its texts. */
export interface CardOf<Own extends Scheme> {
  diagram(scheme: Own): Diagram;
  /** The loss as the settings are, a line each, in MathML. */
  equation(scheme: Own): readonly string[];
  /** What the letters of the equation mean, in the order of reading. */
  notation(scheme: Own): readonly string[];
  /** The temperature that softens a teacher's answer, to be explored; undefined where there is none. */
  softening(scheme: Own): number | undefined;
}

export type MethodCardData<Method extends SchemeMethod> = CardOf<SchemeOf<Method>>;

export type Diagram = { readonly footnote: string } & (
  | {
      /** The parts of the student's loss, top to bottom; a queue stands beside the network that fills it. */
      readonly kind: "lanes";
      readonly lanes: readonly Lane[];
    }
  | {
      /** The embeddings that the student's prediction is drawn to. */
      readonly kind: "targets";
      readonly networks: readonly NetworkRole[];
      readonly selected: readonly TargetViewNumber[];
      readonly frozenTeacher: boolean;
    }
);

export const noSoftening = () => undefined;
