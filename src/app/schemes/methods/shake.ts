import { texts } from "../../../texts/texts";
import { labels, sources, stagesNote, student, teacher } from "../lanes";
import type { MethodCardData } from "../method-card-data";
import { tex } from "../tex";

const words = () => texts().methods.shake.words;

const shadowless = tex`\gamma\,H(y,p)+\alpha\,\tau^{2}D(t^{\tau}\,\|\,p^{\tau})`;
const teacherless = tex`\gamma\,H(y,p)+\beta\,\tau^{2}\,D(\mathrm{sg}\,\tilde p^{\tau}\,\|\,p^{\tau})`;
const fromShadow = tex`+\,\beta\,\tau^{2}\,D(\mathrm{sg}\,\tilde p^{\tau}\,\|\,p^{\tau})`;
const shadow = [
  tex`+\,\beta\bigl[\tau^{2}D(\mathrm{sg}\,p^{\tau}\,\|\,\tilde p^{\tau})`,
  tex`+\,H(y,\tilde p)+M(\tilde p,t)\bigr]`,
];

export const shake: MethodCardData<"shake"> = {
  diagram: (scheme) => ({
    kind: "lanes",
    lanes: [
      student("v", scheme.alpha + scheme.beta > 0 ? sources().softened(scheme.temperature) : "p"),
      teacher("v", "t"),
      ...(scheme.beta > 0
        ? [{ name: "T̃", kind: "peer", sees: words().frozenMap, gives: words().shadow } as const]
        : []),
      labels("y"),
    ],
    footnote: stagesNote(scheme),
  }),
  equation: ({ alpha, beta }) => {
    if (beta === 0) return [shadowless];
    return [...(alpha === 0 ? [teacherless] : [shadowless, fromShadow]), ...shadow];
  },
  notation: ({ beta }) => {
    const { y, H, D, softened, sg } = texts().schemes.notation;
    return beta === 0 ? [y, H, D, softened, words().p] : [y, H, D, softened, sg, words().p, words().both];
  },
  softening: ({ temperature }) => temperature,
};
