import { act, type ReactElement } from "react";
import { createRoot, type Root } from "react-dom/client";

/** React waits for `act` only where it is told that tests run. */
(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

export interface Rendered {
  readonly box: HTMLElement;
  rerender(element: ReactElement): Promise<void>;
  unmount(): Promise<void>;
}

/** Renders into a box of the page, 640 CSS pixels wide, and waits until React is done. */
export async function render(element: ReactElement): Promise<Rendered> {
  const box = document.createElement("div");
  box.style.width = "640px";
  document.body.append(box);
  const root: Root = createRoot(box);
  const rerender = (next: ReactElement) => act(async () => root.render(next));
  await rerender(element);
  return {
    box,
    rerender,
    unmount: async () => {
      await act(async () => root.unmount());
      box.remove();
    },
  };
}

/** Does something that makes React render, and waits until it has. */
export async function doing(action: () => void): Promise<void> {
  await act(async () => action());
}

export function click(box: HTMLElement, selector: string): Promise<void> {
  return doing(() => box.querySelector<HTMLElement>(selector)?.click());
}
