import { Suspense, useMemo, useState } from "react";
import type { Arm } from "../../protocol/experiment";
import { settingDifferences } from "../../series/setting-differences";
import { texts } from "../../texts/texts";
import { lazy } from "../lazy";

const DifferencesTable = lazy(() =>
  import("./differences-table").then(({ DifferencesTable: Loaded }) => ({ default: Loaded })),
);

/** The settings that differ between arms, each with its place in the palette. */
export function ArmDifferences({ arms, slots }: { arms: readonly Arm[]; slots: readonly number[] }) {
  const [isOpen, setOpen] = useState(false);
  const differences = useMemo(() => settingDifferences(arms), [arms]);
  if (arms.length < 2) return null;
  const words = texts().arms;
  return (
    <details className="disclosure" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>
        {words.whatDiffers} <span className="muted">{words.countOfSettings(differences.length)}</span>
      </summary>
      {isOpen && (
        <Suspense>
          <DifferencesTable arms={arms} slots={slots} differences={differences} />
        </Suspense>
      )}
    </details>
  );
}
