import { useRef } from "react";
import { ExportButtons } from "../../charts/pictures/ExportButtons";
import { matrixCsv, matrixSvg } from "../../charts/pictures/matrix-picture";
import { TableScroll } from "../../charts/tables/TableScroll";
import type { Similarities } from "../../protocol/messages";
import { fixedDigits, integer } from "../../texts/numbers";
import { texts } from "../../texts/texts";

/** SimDis's target views of the student's view v, in the paper's order. */
const targets = ["S-v′", "Ŝ-v", "Ŝ-v′", "T-v", "T-v′", "T̂-v", "T̂-v′"];

/** "③ Ŝ-v′"; the student's own view is not a target. */
function named(label: string): string {
  const number = targets.indexOf(label) + 1;
  return number > 0 ? `${String.fromCodePoint(0x245f + number)} ${label}` : label;
}

/** Similarity of the embeddings of two views, by network. */
export function SimilarityTable({ similarities }: { similarities: Similarities }) {
  const { labels, values, pairs } = similarities;
  const words = texts().look;
  const figure = useRef<HTMLDivElement>(null);
  const names = labels.map(named);
  const asMatrix = () => ({
    title: words.similarities,
    corner: words.cosine,
    rows: names,
    columns: names,
    cells: labels.map((_, row) =>
      labels.map((_, column) => {
        const value = values[row * labels.length + column] ?? Number.NaN;
        const color = value < 0 ? "var(--danger)" : "var(--accent)";
        return { text: rounded(value), value, color, share: Math.abs(value) };
      }),
    ),
  });
  return (
    <div ref={figure}>
      <div className="matrix-head">
        <h3 className="look-heading">{words.similarities}</h3>
        <ExportButtons
          title={words.similarities}
          svg={() => matrixSvg(asMatrix(), figure.current ?? document.body)}
          csv={() => matrixCsv(asMatrix())}
        />
      </div>
      <TableScroll label={words.similarities}>
        <table className="similarities">
          <thead>
            <tr>
              <td />
              {labels.map((label) => (
                <th key={label} scope="col">
                  {named(label)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {labels.map((label, row) => (
              <tr key={label}>
                <th scope="row">{named(label)}</th>
                {labels.map((other, column) => {
                  const value = values[row * labels.length + column] ?? Number.NaN;
                  return (
                    <td key={other} data-negative={value < 0} style={{ "--share": Math.abs(value) }}>
                      {rounded(value)}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </TableScroll>
      <p className="small muted">{words.similaritiesLead(integer(pairs))}</p>
    </div>
  );
}

/** Never "−0.00", and with a true minus sign. */
const rounded = (value: number) => fixedDigits(Math.round(100 * value) / 100 + 0, 2).replace("-", "−");
