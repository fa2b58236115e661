import { texts } from "../../../texts/texts";
import { type Lane, labels, student } from "../lanes";
import { type MethodCardData, noSoftening } from "../method-card-data";
import { tex } from "../tex";

const words = () => texts().methods.dml.words;

const peers = (members: number): readonly Lane[] =>
  Array.from({ length: members - 1 }, (_, at) => ({
    name: `S${"₂₃₄"[at] ?? ""}`,
    kind: "peer",
    sees: "v",
    gives: words().bothWays(`p${"²³⁴"[at] ?? ""}`),
  }));

export const dml: MethodCardData<"dml"> = {
  diagram: ({ members }) => ({
    kind: "lanes",
    lanes: [student("v", "p¹"), ...peers(members), labels(words().classForAll)],
    footnote: texts().schemes.footnotes.peers,
  }),
  equation: () => [
    tex`\mathcal L_{i}=H(y,\,p^{i})+\frac{1}{m-1}\sum_{j\ne i}D(\mathrm{sg}\,p^{j}\,\|\,p^{i})`,
  ],
  notation: () => {
    const { y, H, D, sg } = texts().schemes.notation;
    return [y, H, D, sg, words().members];
  },
  softening: noSoftening,
};
