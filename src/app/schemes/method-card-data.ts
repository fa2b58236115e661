import type { Scheme, SchemeMethod, TargetViewNumber } from "../../protocol/experiment";
import type { SchemeOf } from "../../protocol/schemes";
import type { Lane } from "./lanes";
import type { NetworkRole } from "./target-views";

/** The diagram and equation on a method's card. */
export interface CardOf<Own extends Scheme> {
  diagram(scheme: Own): Diagram;
  /** The loss with the current settings, one line per entry, in MathML. */
  equation(scheme: Own): readonly string[];
  /** Meaning of the equation's symbols, in reading order. */
  notation(scheme: Own): readonly string[];
  /** The temperature that softens a teacher's output, for the explorer; undefined where there is none. */
  softening(scheme: Own): number | undefined;
}

export type MethodCardData<Method extends SchemeMethod> = CardOf<SchemeOf<Method>>;

export type Diagram = { readonly footnote: string } & (
  | {
      /** The terms of the student's loss, top to bottom; a queue is next to the network that fills it. */
      readonly kind: "lanes";
      readonly lanes: readonly Lane[];
    }
  | {
      /** The target embeddings of the student's prediction. */
      readonly kind: "targets";
      readonly networks: readonly NetworkRole[];
      readonly selected: readonly TargetViewNumber[];
      readonly frozenTeacher: boolean;
    }
);

export const noSoftening = () => undefined;
