import "../styles/models.css";
import { Dialog } from "radix-ui";
import { useEffect, useState } from "react";
import { formatPercent, formatValue } from "../../charts/format";
import { FigureTable } from "../../charts/tables/FigureTable";
import type { Column } from "../../charts/tables/sorting";
import { keepsAccuracy, type ModelMeasures } from "../../protocol/models";
import { armNames } from "../../series/arm-names";
import { fixedDigits, integer } from "../../texts/numbers";
import { texts } from "../../texts/texts";
import { useApp, useEngine } from "../app-context";

/** The trained networks as files, side by side: size, time per image, and what weights in 8 bits cost. */
export function ModelsDialog() {
  const { measureModels } = useEngine();
  const [models, setModels] = useState<readonly ModelMeasures[]>();
  const [problem, setProblem] = useState<string>();
  const words = texts().exports.models;
  useEffect(() => {
    measureModels().then(setModels, (error: Error) => setProblem(error.message));
  }, [measureModels]);
  return (
    <>
      <Dialog.Title>{words.title}</Dialog.Title>
      {problem && <p role="alert">{problem}</p>}
      {!models && !problem && (
        <p className="muted" role="status">
          {words.measuring}
        </p>
      )}
      {models && (models.length > 0 ? <ModelsTable models={models} /> : <p>{texts().exports.noWeights}</p>)}
      <p className="row">
        <Dialog.Close className="button">{words.close}</Dialog.Close>
      </p>
    </>
  );
}

function ModelsTable({ models }: { models: readonly ModelMeasures[] }) {
  const run = useApp((state) => state.run);
  const words = texts().exports.models;
  const names = armNames(run);
  const nameOf = ({ runId, role }: ModelMeasures) => {
    const planned = run.runs.find((one) => one.planned.runId === runId)?.planned;
    const { roles } = texts().tryout;
    return `${names[planned?.arm ?? 0] ?? ""}, ${planned?.seed ?? ""}, ${roles[role]}`;
  };
  const figure = (
    id: string,
    label: string,
    value: (model: ModelMeasures) => number,
    shown: (value: number) => string,
  ): Column<ModelMeasures> => ({ id, label, value, text: (model) => shown(value(model)) });
  const bytes = (value: number) => formatValue("bytes", value);
  const percent = (value: number) => formatPercent(value, 1);
  const columns: readonly Column<ModelMeasures>[] = [
    { id: "network", label: words.network, value: nameOf, text: nameOf },
    figure(
      "ms_per_image",
      words.time,
      ({ imageMs }) => imageMs,
      (ms) => fixedDigits(ms, 2),
    ),
    figure("bytes", words.size, ({ whole }) => whole.bytes, bytes),
    figure("int8_bytes", words.int8Size, ({ int8 }) => int8.bytes, bytes),
    figure("top1", words.accuracy, ({ whole }) => whole.top1, percent),
    figure("int8_top1", words.int8Accuracy, ({ int8 }) => int8.top1, percent),
  ];
  const lost = models.filter((model) => !keepsAccuracy(model)).map(nameOf);
  return (
    <>
      <FigureTable
        label={words.title}
        columns={columns}
        rows={models}
        keyOf={({ runId, role }) => `${runId} ${role}`}
        fileName="models"
      />
      <p className="small">{words.about(integer(models[0]?.images ?? 0))}</p>
      {lost.length > 0 && <p className="small">{words.lost(lost.join(", "))}</p>}
    </>
  );
}
