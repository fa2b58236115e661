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
  const said: string[] = [];
  const say = async (text: string) => {
    await rerender(createElement(Spoken, { text }));
    const heard = box.querySelector("[role=status]")?.textContent ?? "";
    if (said.at(-1) !== heard) said.push(heard);
  };
  for (let tenth = 0; tenth < 10; tenth++) {
    await say(`${10 * tenth} %`);
    vi.advanceTimersByTime(SPOKEN_EVERY_MS / 4);
  }
  await say("Finished.");
  expect(said.length).toBeLessThanOrEqual(4);
  expect(said[0]).toBe("0 %");
  vi.advanceTimersByTime(SPOKEN_EVERY_MS);
  await say("Finished.");
  expect(said.at(-1)).toBe("Finished.");
});
