import { Suspense, useRef, useState } from "react";
import { MAX_ARMS } from "../../protocol/experiment";
import { isArriving, phaseOf } from "../../store/app-store";
import { texts } from "../../texts/texts";
import { useApp } from "../app-context";
import { ImagesEntry } from "../data/images-entry";
import { GuidesButton } from "../guides/guides-button";
import { lazy } from "../lazy";
import { Panel } from "../panel";
import { useNear } from "../use-near";
import { AddArm } from "./add-arm";
import { ArmCard } from "./arm-card";
import { ArmDifferences } from "./arm-differences";
import { PlanSentence } from "./plan-sentence";
import { PresetCards } from "./preset-cards";

/** The studies are many, and of interest to few visitors, so they are loaded on demand. */
const StudyCards = lazy(() => import("./study-cards").then((loaded) => ({ default: loaded.StudyCards })));

/** One card per arm, and ready-made experiments to start from. */
export function ArmsPanel() {
  const arms = useApp((state) => state.experiment.arms);
  const slots = useApp((state) => state.armSlots);
  const idle = useApp(({ run, recorded }) => run.status === "idle" && !recorded);
  const phase = useApp(phaseOf);
  // Then they stand beside the recorded comparison.
  const arriving = useApp(isArriving);
  const [chosen, setChosen] = useState<boolean>();
  const open = chosen ?? idle;
  const words = texts().arms;
  const place = useRef<HTMLDivElement>(null);
  // Below the recorded comparison they can come later; elsewhere that would move what is in sight.
  const near = useNear(place) || !arriving;
  return (
    <Panel
      title={words.title}
      lead={<PlanSentence />}
      className="arms-panel"
      actions={
        <>
          {!arriving && <GuidesButton />}
          <button
            type="button"
            className="button button-small"
            aria-expanded={open}
            aria-controls="presets"
            onClick={() => setChosen(!open)}
          >
            {words.presets}
          </button>
          <AddArm disabled={slots.length >= MAX_ARMS} />
        </>
      }
    >
      <ul className="arm-cards" aria-label={words.list}>
        {slots.map((slot, index) => (
          <ArmCard key={slot} index={index} slot={slot} />
        ))}
      </ul>
      <ArmDifferences arms={arms} slots={slots} />
      {phase === "choosing" && !arriving && <ImagesEntry />}
      <div id="presets" className="presets" hidden={!open} ref={place}>
        <h3>{words.orBeginWith}</h3>
        {near && <PresetCards />}
        {near && (
          <Suspense
            fallback={
              <details className="studies">
                <summary>{words.studies}</summary>
              </details>
            }
          >
            <StudyCards />
          </Suspense>
        )}
      </div>
    </Panel>
  );
}
