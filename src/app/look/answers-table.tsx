import { useState } from "react";
import { formatPercent } from "../../charts/format";
import { FigureTable } from "../../charts/tables/FigureTable";
import type { Column } from "../../charts/tables/sorting";
import type { Look, Seen } from "../../protocol/messages";
import { texts } from "../../texts/texts";
import { softened } from "../schemes/softened";
import { viewName } from "./view-name";

interface AnswersTableProps {
  readonly look: Look;
  readonly temperature: number;
  readonly nameOf: (label: number) => string;
}

interface AnswerRow {
  readonly view: string;
  readonly role: Seen["role"];
  readonly shares: readonly number[];
}

/** The full answers: the probability of every class, by view and network. Filled only while open. */
export function AnswersTable(props: AnswersTableProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="chart-data" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{texts().charts.dataTable}</summary>
      {isOpen && <Answers {...props} />}
    </details>
  );
}

function Answers({ look: { views, seen }, temperature, nameOf }: AnswersTableProps) {
  const words = texts().look;
  const rows = Array.from({ length: views.count }, (_, at) =>
    seen.map(
      ({ role, logits }): AnswerRow => ({
        view: viewName(at),
        role,
        shares: softened(logits[at] ?? [], temperature),
      }),
    ),
  ).flat();
  const classes = rows[0]?.shares.length ?? 0;
  const share = (label: number): Column<AnswerRow> => ({
    id: nameOf(label),
    label: nameOf(label),
    value: ({ shares }) => shares[label],
    text: ({ shares }) => formatPercent(shares[label] ?? Number.NaN, 0),
    share: ({ shares }) => shares[label],
  });
  const columns: readonly Column<AnswerRow>[] = [
    { id: "view", label: words.view, value: ({ view }) => view, text: ({ view }) => view },
    { id: "network", label: words.network, value: ({ role }) => role, text: ({ role }) => words.roles[role] },
    ...Array.from({ length: classes }, (_, label) => share(label)),
  ];
  return (
    <FigureTable
      label={words.answersTable}
      columns={columns}
      rows={rows}
      keyOf={({ view, role }) => `${view} ${role}`}
      fileName="answers"
      className="heat-table"
    />
  );
}
