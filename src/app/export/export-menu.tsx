import { DropdownMenu } from "radix-ui";
import { useRef, useState } from "react";
import { download } from "../../charts/export";
import { texts } from "../../texts/texts";
import { useActions, useApp, useEngine, useReadApp } from "../app-context";
import type { ExportName } from "./make-file";

/** The experiment is there always, all others once something trains. */
const names: readonly ExportName[] = [
  "experiment.json",
  "metrics.csv",
  "metrics.json",
  "summary.md",
  "curves.svg",
  "curves.png",
  "weights.zip",
  "weights-tfjs.zip",
  "weights-onnx.zip",
  "results.tex",
  "report.html",
];

/** Everything that the page knows of the experiment, as files. */
export function ExportMenu() {
  const read = useReadApp();
  const { openFile } = useActions();
  const engine = useEngine();
  const picker = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<string>();
  const hasRuns = useApp((state) => state.run.runs.length > 0);

  async function save(name: ExportName): Promise<void> {
    try {
      const { makeFile } = await import("./make-file");
      download(await makeFile(name, read(), engine), name);
      setProblem(undefined);
    } catch (error) {
      setProblem(texts().exports.notSaved(name, error instanceof Error ? error.message : ""));
    }
  }

  const words = texts().exports;
  return (
    <div className="export-menu">
      <DropdownMenu.Root modal={false}>
        <DropdownMenu.Trigger className="button">{words.title}</DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content className="menu menu-wide" align="end" sideOffset={4} collisionPadding={8}>
            {names.map((name) => (
              <DropdownMenu.Item
                key={name}
                disabled={name !== "experiment.json" && !hasRuns}
                textValue={name}
                onSelect={() => void save(name)}
              >
                <strong>{name}</strong>
                <span className="muted">{words.files[name]}</span>
              </DropdownMenu.Item>
            ))}
            <DropdownMenu.Separator className="menu-line" />
            <DropdownMenu.Item onSelect={() => picker.current?.click()}>{words.open}</DropdownMenu.Item>
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      <input
        ref={picker}
        type="file"
        hidden
        accept=".json,application/json"
        aria-label={words.input}
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? [];
          if (file) void file.text().then(openFile);
          event.currentTarget.value = "";
        }}
      />
      {problem && (
        <p className="export-problem" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}
