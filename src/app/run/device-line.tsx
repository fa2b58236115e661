import { Popover } from "radix-ui";
import type { DeviceDescription } from "../../protocol/messages";
import { deviceWords } from "../../series/device-words";
import { texts } from "../../texts/texts";
import { useApp } from "../app-context";
import { backendTitles } from "./backend-titles";

/** The device in use, and its limits. Its space is reserved until it is known, so nothing moves. */
export function DeviceLine() {
  const device = useApp(({ engine }) => (engine.status === "ready" ? engine.device : undefined));
  return (
    <div className="run-device">
      <p>{device ? deviceText(device) : texts().run.noDevice}</p>
      {device && <Limit device={device} />}
    </div>
  );
}

/** Limits of this browser and machine, and what to do about them. */
function Limit({ device: { backend, software } }: { device: DeviceDescription }) {
  const limit = backend === "webgpu" ? (software ? "software" : undefined) : backend;
  if (!limit) return null;
  const { short, title, cause, action } = texts().notices[limit];
  return (
    <Popover.Root>
      <Popover.Trigger className="device-limit">
        <span aria-hidden="true">⚠ </span>
        {short}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content className="popover" aria-label={title} sideOffset={4} collisionPadding={12}>
          <h2 className="popover-title">{title}</h2>
          <p>{cause}</p>
          <p>{action}</p>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function deviceText({ name, backend }: DeviceDescription): string {
  const by = backendTitles[backend];
  return name === by ? by : `${deviceWords(name)} · ${by}`;
}
