import "../styles/compare.css";
import { Swatch } from "../../charts/Swatch";
import { armColor, armDash } from "../../series/arm-colors";
import { armNames } from "../../series/arm-names";
import { runsOfSlot } from "../../series/runs-of-slot";
import { arrangedSlots, moveSlot, togglePin, toggleRun, toggleSlots } from "../../store/arrangement";
import type { RunRecord } from "../../store/run-state";
import { texts } from "../../texts/texts";
import { useActions, useApp } from "../app-context";
import { PopoverButton } from "../controls/popover-button";
import { useRunInTurns } from "../run-in-turns";
import { GroupBy } from "./group-by";

/** Choice of the runs drawn, their order, and their grouping. */
export function CurveList() {
  const words = texts().curveList;
  return (
    <PopoverButton title={words.title} className="curve-list">
      <GroupBy />
      <Arms />
      <p className="small muted">{words.help}</p>
    </PopoverButton>
  );
}

function Arms() {
  const run = useRunInTurns();
  const view = useApp((state) => state.view);
  const names = armNames(run);
  if (run.armSlots.length === 0) return <p className="empty">{texts().curveList.empty}</p>;
  return (
    <ul className="curve-list-arms">
      {arrangedSlots(run.armSlots, view).map((slot) => (
        <ArmRow
          key={slot}
          slot={slot}
          name={names[run.armSlots.indexOf(slot)] ?? texts().run.arm}
          runs={runsOfSlot(run, slot)}
        />
      ))}
    </ul>
  );
}

function ArmRow({ slot, name, runs }: { slot: number; name: string; runs: readonly RunRecord[] }) {
  const slots = useApp((state) => state.run.armSlots);
  const hidden = useApp((state) => state.view.hiddenSlots.includes(slot));
  const pinned = useApp((state) => state.view.pinnedSlots.includes(slot));
  const hiddenRuns = useApp((state) => state.view.hiddenRuns);
  const { arrange } = useActions();
  const words = texts().curveList;
  return (
    <li>
      <span className="curve-list-name">
        <Swatch color={armColor(slot)} dash={armDash(slot)} /> {name}
      </span>
      <span className="curve-list-actions">
        <Toggle
          label={words.showArm(name)}
          pressed={!hidden}
          onPress={() => arrange((view) => toggleSlots(view, [slot]))}
        >
          {words.show}
        </Toggle>
        <Toggle
          label={words.pinArm(name)}
          pressed={pinned}
          onPress={() => arrange((view) => togglePin(view, slot))}
        >
          {words.pin}
        </Toggle>
        <button
          type="button"
          className="button button-small"
          aria-label={words.moveUp(name)}
          onClick={() => arrange((view) => moveSlot(view, slots, slot, -1))}
        >
          ↑
        </button>
        <button
          type="button"
          className="button button-small"
          aria-label={words.moveDown(name)}
          onClick={() => arrange((view) => moveSlot(view, slots, slot, 1))}
        >
          ↓
        </button>
      </span>
      {runs.length > 1 && (
        <span className="curve-list-seeds small">
          {words.seeds}{" "}
          {runs.map(({ planned: { runId, seed } }) => (
            <Toggle
              key={runId}
              label={words.showSeed(seed, name)}
              pressed={!hiddenRuns.includes(runId)}
              onPress={() => arrange((view) => toggleRun(view, runId))}
            >
              {String(seed)}
            </Toggle>
          ))}
        </span>
      )}
    </li>
  );
}

function Toggle({
  label,
  pressed,
  onPress,
  children,
}: {
  label: string;
  pressed: boolean;
  onPress: () => void;
  children: string;
}) {
  return (
    <button
      type="button"
      className="button button-small button-toggle"
      aria-label={label}
      aria-pressed={pressed}
      onClick={onPress}
    >
      {children}
    </button>
  );
}
