import { type ComponentType, type ReactNode, lazy as reactLazy } from "react";

/** A component without props has an empty props type. */
type PropsOf<Component> = Component extends (props: infer Props) => ReactNode
  ? unknown extends Props
    ? object
    : Props
  : never;

const Missing = () => null;

/**
 * React's `lazy`, for a page whose server may be updated while it is open. A part that can no longer be loaded is left
 * out and the page says so (`notices/outdated-notice.tsx`), instead of crashing during a training.
 */
export function lazy<Component extends (props: never) => ReactNode>(
  load: () => Promise<{ default: Component }>,
): ComponentType<PropsOf<Component>> {
  const loaded = () => load().catch(() => ({ default: Missing as unknown as Component }));
  return reactLazy(loaded as never) as unknown as ComponentType<PropsOf<Component>>;
}
