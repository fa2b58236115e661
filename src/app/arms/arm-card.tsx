import { DropdownMenu } from "radix-ui";
import { Swatch } from "../../charts/Swatch";
import { MAX_ARMS } from "../../protocol/experiment";
import { armColor, armDash } from "../../series/arm-colors";
import { texts } from "../../texts/texts";
import { useActions, useApp } from "../app-context";
import { ArmFacts } from "./arm-facts";
import { ArmAccuracy, ArmProgress } from "./arm-progress";

interface ArmPlace {
  readonly index: number;
  /** Place in the palette. */
  readonly slot: number;
}

/** One arm: its scheme, its networks and its progress. */
export function ArmCard({ index, slot }: ArmPlace) {
  const arm = useApp((state) => state.experiment.arms[index]);
  const edited = useApp((state) => (state.view.editedSlot ?? state.armSlots[0]) === slot);
  const { showPart } = useActions();
  if (!arm) return null;
  const words = texts().arms;
  return (
    <li className="arm-card" data-edited={edited} style={{ "--arm": armColor(slot) }}>
      <div className="arm-card-head">
        <Swatch color={armColor(slot)} dash={armDash(slot)} />
        <button
          type="button"
          className="arm-name"
          aria-pressed={edited}
          title={words.showSettings}
          onClick={() => showPart("settings", { editedSlot: slot, settingsTab: "arm" })}
        >
          {arm.name}
        </button>
        <ArmAccuracy slot={slot} />
        <ArmMenu index={index} slot={slot} />
      </div>
      <ArmFacts arm={arm} />
      <ArmProgress slot={slot} />
    </li>
  );
}

function ArmMenu({ index, slot }: ArmPlace) {
  const name = useApp((state) => state.experiment.arms[index]?.name ?? "");
  const count = useApp((state) => state.experiment.arms.length);
  const hidden = useApp((state) => state.view.hiddenSlots.includes(slot));
  const words = texts().arms.menu;
  const { duplicateArm, moveArm, removeArm, toggleArm, showPart } = useActions();
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className="icon-button" aria-label={texts().arms.actionsFor(name)}>
        <span aria-hidden="true">⋯</span>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end" sideOffset={4} collisionPadding={8}>
          <DropdownMenu.Item onSelect={() => showPart("settings", { editedSlot: slot, settingsTab: "arm" })}>
            {words.settings}
          </DropdownMenu.Item>
          <DropdownMenu.Item disabled={count >= MAX_ARMS} onSelect={() => duplicateArm(index)}>
            {words.duplicate}
          </DropdownMenu.Item>
          <DropdownMenu.Item disabled={index === 0} onSelect={() => moveArm(index, index - 1)}>
            {words.forward}
          </DropdownMenu.Item>
          <DropdownMenu.Item disabled={index === count - 1} onSelect={() => moveArm(index, index + 1)}>
            {words.back}
          </DropdownMenu.Item>
          <DropdownMenu.Item onSelect={() => toggleArm(slot)}>
            {hidden ? words.show : words.hide}
          </DropdownMenu.Item>
          <DropdownMenu.Separator className="menu-line" />
          <DropdownMenu.Item disabled={count <= 1} onSelect={() => removeArm(index)}>
            {words.remove}
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
