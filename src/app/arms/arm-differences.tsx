import { Suspense, useMemo, useState } from "react";
import { settingDifferences } from "../../series/setting-differences";
import { texts } from "../../texts/texts";
import { useApp } from "../app-context";
import { lazy } from "../lazy";

const DifferencesTable = lazy(() =>
  import("./differences-table").then(({ DifferencesTable: Loaded }) => ({ default: Loaded })),
);

/** The settings that differ between arms. */
export function ArmDifferences() {
  const arms = useApp((state) => state.experiment.arms);
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
          <DifferencesTable differences={differences} />
        </Suspense>
      )}
    </details>
  );
}
