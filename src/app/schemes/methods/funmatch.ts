import type { SchemeOf } from "../../../protocol/schemes";
import { texts } from "../../../texts/texts";
import { type Lane, sources, stagesNote, student, teacher } from "../lanes";
import type { MethodCardData } from "../method-card-data";
import { tex } from "../tex";

type FunctionMatching = SchemeOf<"funmatch">;

const words = () => texts().methods.funmatch.words;

const isFixed = ({ input }: FunctionMatching): boolean => input.startsWith("fixed");

/** Returns whether the two networks see different images. */
const inputsDiffer = (scheme: FunctionMatching): boolean =>
  isFixed(scheme) ||
  scheme.input === "independent" ||
  (scheme.input === "functionMatching" && scheme.mixup === "separate");

function lanesOf(scheme: FunctionMatching): readonly Lane[] {
  const { teachers, temperature } = scheme;
  const apart = inputsDiffer(scheme);
  const seen = isFixed(scheme) ? words().fixedCrop : apart ? "x_T" : "x";
  const softened = sources().softened(temperature);
  return [
    student(apart ? "x_S" : "x", softened),
    ...Array.from({ length: teachers }, (_, at): Lane => {
      const lane = teacher(seen, apart ? softened : words().samePixels);
      return teachers > 1 ? { ...lane, name: `T${"₁₂₃"[at] ?? ""}` } : lane;
    }),
  ];
}

export const funmatch: MethodCardData<"funmatch"> = {
  diagram: (scheme) => ({ kind: "lanes", lanes: lanesOf(scheme), footnote: stagesNote(scheme) }),
  equation: (scheme) => {
    if (scheme.teachers > 1) {
      return inputsDiffer(scheme)
        ? [tex`\frac{\tau^{2}}{M}\sum_{m=1}^{M}D\bigl(p_{T_m}^{\tau}(x_T)\,\|\,p_S^{\tau}(x_S)\bigr)`]
        : [tex`\frac{\tau^{2}}{M}\sum_{m=1}^{M}D\bigl(p_{T_m}^{\tau}(x)\,\|\,p_S^{\tau}(x)\bigr)`];
    }
    return inputsDiffer(scheme)
      ? [tex`\tau^{2}\,D\bigl(p_T^{\tau}(x_T)\,\|\,p_S^{\tau}(x_S)\bigr)`]
      : [tex`\tau^{2}\,D\bigl(p_T^{\tau}(x)\,\|\,p_S^{\tau}(x)\bigr)`];
  },
  notation: (scheme) => {
    const { softened, D } = texts().schemes.notation;
    return [softened, D, ...(inputsDiffer(scheme) ? [words().inputs] : [])];
  },
  softening: ({ temperature }) => temperature,
};
