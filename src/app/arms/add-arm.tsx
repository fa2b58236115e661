import { DropdownMenu } from "radix-ui";
import { schemeMethods } from "../../protocol/experiment";
import { methods } from "../../protocol/methods";
import { useActions } from "../app-context";

/** Another arm, by scheme. */
export function AddArm({ disabled }: { disabled: boolean }) {
  const { addArm } = useActions();
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger className="button button-small" disabled={disabled}>
        <span aria-hidden="true">+</span> Add arm
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu menu-wide" align="end" sideOffset={4} collisionPadding={8}>
          {schemeMethods.map((method) => (
            <DropdownMenu.Item key={method} onSelect={() => addArm(method)} textValue={methods[method].name}>
              <strong>{methods[method].name}</strong>
              <span className="muted">{methods[method].summary}</span>
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
