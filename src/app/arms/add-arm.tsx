import { DropdownMenu } from "radix-ui";
import { useState } from "react";
import { schemeMethods } from "../../protocol/experiment";
import type { FieldProblem } from "../../protocol/problems";
import { texts } from "../../texts/texts";
import { useActions } from "../app-context";

/** Adds an arm with the chosen scheme. */
export function AddArm({ disabled }: { disabled: boolean }) {
  const { addArm } = useActions();
  const [refused, setRefused] = useState<FieldProblem>();
  return (
    <>
      <DropdownMenu.Root modal={false}>
        <DropdownMenu.Trigger className="button button-small" disabled={disabled}>
          <span aria-hidden="true">+</span> {texts().arms.addArm}
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content className="menu menu-wide" align="end" sideOffset={4} collisionPadding={8}>
            {schemeMethods.map((method) => (
              <DropdownMenu.Item
                key={method}
                onSelect={() => setRefused(addArm(method))}
                textValue={texts().methods[method].name}
              >
                <strong>{texts().methods[method].name}</strong>
                <span className="muted">{texts().methods[method].summary}</span>
              </DropdownMenu.Item>
            ))}
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      {refused && (
        <p className="field-problem" role="alert">
          {texts().arms.notAdded(refused.field, texts().problems.allowed(refused.allowed))}
        </p>
      )}
    </>
  );
}
