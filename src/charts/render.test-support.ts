import { act, type ReactElement } from "react";
import { createRoot, type Root } from "react-dom/client";

/** Runs an action that makes React render, and waits until it has. */
export async function doing(action: () => void): Promise<void> {
  // Only during the action: later updates by resize observers are not errors of a test.
  const environment = globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean };
  environment.IS_REACT_ACT_ENVIRONMENT = true;
  await act(async () => action());
  environment.IS_REACT_ACT_ENVIRONMENT = false;
}

export interface Rendered {
  readonly box: HTMLElement;
  rerender(element: ReactElement): Promise<void>;
  unmount(): Promise<void>;
}

/** Renders into an element of the page, 640 CSS pixels wide by default, and waits until React has finished. */
export async function render(element: ReactElement, width = "640px"): Promise<Rendered> {
  const box = document.createElement("div");
  box.style.width = width;
  document.body.append(box);
  const root: Root = createRoot(box);
  const rerender = (next: ReactElement) => doing(() => root.render(next));
  await rerender(element);
  return {
    box,
    rerender,
    unmount: async () => {
      await doing(() => root.unmount());
      box.remove();
    },
  };
}

export function click(box: HTMLElement, selector: string): Promise<void> {
  return doing(() => box.querySelector<HTMLElement>(selector)?.click());
}
