import { createElement } from "react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type Rendered, render } from "../../charts/render.test-support";
import { SPOKEN_EVERY_MS, Spoken } from "./spoken";

let rendered: Rendered | undefined;
beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] }));
afterEach(() => {
  rendered?.unmount();
  vi.useRealTimers();
});

test("the first change is announced at once, many changes only now and then, and always the latest", async () => {
  rendered = await render(createElement(Spoken, { text: "Ready." }));
  const { box, rerender } = rendered;
  const announced: string[] = [];
  const say = async (text: string) => {
    await rerender(createElement(Spoken, { text }));
    const current = box.querySelector("[role=status]")?.textContent ?? "";
    if (announced.at(-1) !== current) announced.push(current);
  };
  for (let tenth = 0; tenth < 10; tenth++) {
    await say(`${10 * tenth} %`);
    vi.advanceTimersByTime(SPOKEN_EVERY_MS / 4);
  }
  await say("Finished.");
  expect(announced.length).toBeLessThanOrEqual(4);
  expect(announced[0]).toBe("0 %");
  vi.advanceTimersByTime(SPOKEN_EVERY_MS);
  await say("Finished.");
  expect(announced.at(-1)).toBe("Finished.");
});
