import type { XAxis } from "../../protocol/metrics/metrics";
import type { AppState } from "../../store/app-store";
import type { EngineActions } from "../../store/engine-actions";
import type { ExperimentActions } from "../../store/experiment/experiment-actions";
import { texts } from "../../texts/texts";
import { goTo, pageParts } from "./parts";

/** Keyboard shortcuts. Keys are single characters of the current keyboard layout. */
export interface Shortcut {
  readonly key: string;
  readonly does: () => string;
  readonly act: (context: ShortcutContext) => void;
}

export interface ShortcutContext {
  readonly state: AppState;
  readonly engine: Pick<EngineActions, "start" | "pause" | "resume" | "step">;
  readonly actions: Pick<ExperimentActions, "setView" | "showPart" | "toggleArm" | "copyLink">;
  readonly openSheet: () => void;
}

const axes: readonly XAxis[] = ["step", "epoch", "wall", "macs"];

function startOrPause({ state, engine }: ShortcutContext): void {
  const { status } = state.run;
  if (status === "training") void engine.pause();
  else if (status === "paused") void engine.resume();
  else if (status === "idle") void engine.start();
}

const armKeys: readonly Shortcut[] = Array.from({ length: 8 }, (_, at) => ({
  key: String(at + 1),
  does: () => texts().shortcuts.arms,
  act: ({ state, actions }) => {
    const slot = state.run.armSlots[at];
    if (slot !== undefined) actions.toggleArm(slot);
  },
}));

const partKeys: readonly Shortcut[] = pageParts.map((part) => ({
  key: part.key,
  does: () => texts().shortcuts.goTo(part.title()),
  act: ({ actions }) => goTo(part, actions),
}));

/** Keys with the same action on different objects share a line of the list. */
export const sheetLines = (): readonly { readonly keys: string; readonly does: string }[] => {
  const [first, last] = [armKeys[0]?.key ?? "", armKeys.at(-1)?.key ?? ""];
  return shortcuts.flatMap((shortcut) => {
    if (!armKeys.includes(shortcut)) return [{ keys: shortcut.key, does: shortcut.does() }];
    return shortcut.key === first ? [{ keys: `${first} – ${last}`, does: texts().shortcuts.arms }] : [];
  });
};

export const shortcuts: readonly Shortcut[] = [
  { key: "p", does: () => texts().shortcuts.startOrPause, act: startOrPause },
  {
    key: ".",
    does: () => texts().shortcuts.step,
    act: ({ state, engine }) => {
      if (state.run.status === "paused") void engine.step();
    },
  },
  {
    key: "x",
    does: () => texts().shortcuts.xAxis,
    act: ({ state, actions }) =>
      actions.setView({ xAxis: axes[(axes.indexOf(state.view.xAxis) + 1) % axes.length] ?? "step" }),
  },
  {
    key: "y",
    does: () => texts().shortcuts.yScale,
    act: ({ state, actions }) => actions.setView({ yScale: state.view.yScale === "log" ? "linear" : "log" }),
  },
  {
    key: "e",
    does: () => texts().shortcuts.seeds,
    act: ({ state, actions }) => actions.setView({ seeds: state.view.seeds === "mean" ? "each" : "mean" }),
  },
  {
    key: "c",
    does: () => texts().shortcuts.copyLink,
    // Where the browser refuses, the button reports it and shows the link.
    act: ({ actions }) => void actions.copyLink().catch(() => undefined),
  },
  ...armKeys,
  ...partKeys,
  { key: "?", does: () => texts().shortcuts.sheet, act: ({ openSheet }) => openSheet() },
];

/** The shortcut of a key press; none in text fields, or with modifier keys that make it another command. */
export function shortcutOf(event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "target">) {
  if (event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return undefined;
  return shortcuts.find(({ key }) => key === event.key.toLowerCase());
}

/** In fields, keys are text; in menus and lists, they find entries. */
const writing = "input:not([type=checkbox]):not([type=radio]), textarea, select, [role=menu], [role=dialog]";

function isWriting(target: EventTarget | null): boolean {
  return target !== null && "closest" in target && (target as Element).closest(writing) !== null;
}
