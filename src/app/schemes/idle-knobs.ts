import type { Scheme } from "../../protocol/experiment";

/** Settings of a scheme that have no effect beside what its other settings say: the page leaves them out. */
export function idleKnobs(scheme: Scheme): readonly string[] {
  switch (scheme.method) {
    case "s2bnn":
      if (scheme.strategy === "contrast") return ["teacherTiming", "teacherMethod"];
      // Beside the student a teacher learns by MoCo.
      return scheme.teacherTiming === "online" ? ["teacherMethod"] : [];
    case "compress":
      return scheme.queues === "one" ? ["studentQueue"] : [];
    case "funmatch":
      return scheme.input === "functionMatching" ? [] : ["mixup"];
    case "ssld":
      return scheme.pool === "selected" ? [] : ["perClass"];
    default:
      return [];
  }
}
