import { formatPercent, significant } from "../../charts/format";
import type { Column } from "../../charts/tables/sorting";
import { TableExports } from "../../charts/tables/TableExports";
import { texts } from "../../texts/texts";
import { exampleLogits } from "./softened";

interface TemperatureExportsProps {
  readonly logits: readonly number[];
  readonly plain: readonly number[];
  readonly soft: readonly number[];
  /** Caption of `soft`. */
  readonly tried: number;
}

/** Exports the softened output. */
export function TemperatureExports({ logits, plain, soft, tried }: TemperatureExportsProps) {
  const words = texts().schemes.temperature;
  const nameAt = (at: number) => words.examples[exampleLogits[at]?.name ?? "cat"];
  const figures = (
    id: string,
    label: string,
    values: readonly number[],
    format: (value: number) => string,
  ): Column<number> => ({
    id,
    label,
    value: (at) => values[at],
    text: (at) => format(values[at] ?? Number.NaN),
  });
  const columns = [
    { id: "class", label: words.class, value: nameAt, text: nameAt },
    figures("logit", words.logit, logits, (value) => significant(value, 3)),
    { ...figures("share_at_1", words.at(1), plain, formatPercent), share: (at: number) => plain[at] },
    {
      ...figures(`share_at_${tried}`, words.at(tried), soft, formatPercent),
      share: (at: number) => soft[at],
    },
  ];
  return (
    <TableExports
      label={words.softened(tried)}
      fileName="temperature"
      columns={columns}
      rows={exampleLogits.map((_, at) => at)}
    />
  );
}
